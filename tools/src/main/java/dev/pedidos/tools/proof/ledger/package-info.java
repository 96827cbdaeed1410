/** Reads a ledger: its counts, its pedidos, its progress. */
@NullMarked
package dev.pedidos.tools.proof.ledger;

import org.jspecify.annotations.NullMarked;
