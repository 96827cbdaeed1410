@NullMarked
package dev.pedidos.shared.protocol;

import org.jspecify.annotations.NullMarked;
