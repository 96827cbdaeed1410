@NullMarked
package dev.pedidos.shared.message;

import org.jspecify.annotations.NullMarked;
