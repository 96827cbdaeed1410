/** Starts a program of the fleet: connects its stores and reads what the fleet has agreed on. */
@NullMarked
package dev.pedidos.shared.start;

import org.jspecify.annotations.NullMarked;
