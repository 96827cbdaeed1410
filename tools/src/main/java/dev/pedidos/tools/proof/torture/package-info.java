/** Runs a system under load, injects faults by a seed, and checks every law. */
@NullMarked
package dev.pedidos.tools.proof.torture;

import org.jspecify.annotations.NullMarked;
