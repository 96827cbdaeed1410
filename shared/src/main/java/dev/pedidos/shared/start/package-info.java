/** How a program of the fleet comes up: its stores, and what the fleet has agreed on. */
@NullMarked
package dev.pedidos.shared.start;

import org.jspecify.annotations.NullMarked;
