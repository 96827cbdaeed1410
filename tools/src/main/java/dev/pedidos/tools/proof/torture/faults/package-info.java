/** The faults: each with its moment, its length, and whether it hit anything. */
@NullMarked
package dev.pedidos.tools.proof.torture.faults;

import org.jspecify.annotations.NullMarked;
