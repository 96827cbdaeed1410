@NullMarked
package dev.pedidos.shared.operation;

import org.jspecify.annotations.NullMarked;
