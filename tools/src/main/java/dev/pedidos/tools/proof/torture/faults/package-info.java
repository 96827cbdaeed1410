/** What is broken, when, for how long, and whether it hit anything. */
@NullMarked
package dev.pedidos.tools.proof.torture.faults;

import org.jspecify.annotations.NullMarked;
