/** Asks the API what operators ask, and puts its answers as tables. */
@NullMarked
package dev.pedidos.tools.cli.operate;

import org.jspecify.annotations.NullMarked;
