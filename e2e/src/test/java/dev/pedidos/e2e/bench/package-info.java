/** Benchmarks: ratios taken in one run, never part of the tests. */
@NullMarked
package dev.pedidos.e2e.bench;

import org.jspecify.annotations.NullMarked;
