/** Operations: takes their events, and reads what these give. */
@NullMarked
package dev.pedidos.api.operations;

import org.jspecify.annotations.NullMarked;
