/** Asks the API what operators ask, and puts its answers as tables. */
@NullMarked
package dev.pedidos.local.operate;

import org.jspecify.annotations.NullMarked;
