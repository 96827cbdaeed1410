@NullMarked
package dev.pedidos.api.stream;

import org.jspecify.annotations.NullMarked;
