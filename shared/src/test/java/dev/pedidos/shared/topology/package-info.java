@NullMarked
package dev.pedidos.shared.topology;

import org.jspecify.annotations.NullMarked;
