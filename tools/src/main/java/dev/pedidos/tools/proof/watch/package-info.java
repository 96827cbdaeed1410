/** Judges a running ledger again and again, and keeps the result as metrics. */
@NullMarked
package dev.pedidos.tools.proof.watch;

import org.jspecify.annotations.NullMarked;
