/** Breaks a running system on purpose, by a seed, and proves afterwards that every promise was kept. */
@NullMarked
package dev.pedidos.tools.proof.torture;

import org.jspecify.annotations.NullMarked;
