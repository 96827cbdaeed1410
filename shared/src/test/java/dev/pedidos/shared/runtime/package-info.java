@NullMarked
package dev.pedidos.shared.runtime;

import org.jspecify.annotations.NullMarked;
