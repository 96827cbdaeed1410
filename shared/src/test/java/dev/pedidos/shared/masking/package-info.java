@NullMarked
package dev.pedidos.shared.masking;

import org.jspecify.annotations.NullMarked;
