@NullMarked
package dev.pedidos.api.asking;

import org.jspecify.annotations.NullMarked;
