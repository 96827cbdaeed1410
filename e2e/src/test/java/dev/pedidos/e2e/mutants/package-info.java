/** Bugs seeded into our own sources: each is found by the checker, or the checker is worth nothing. */
@NullMarked
package dev.pedidos.e2e.mutants;

import org.jspecify.annotations.NullMarked;
