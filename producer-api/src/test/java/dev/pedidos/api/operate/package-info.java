@NullMarked
package dev.pedidos.api.operate;

import org.jspecify.annotations.NullMarked;
