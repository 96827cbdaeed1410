/** Proves or refutes the conservation laws: on the ledger alone, and on the ledger against a client's history. */
@NullMarked
package dev.pedidos.tools.proof.laws;

import org.jspecify.annotations.NullMarked;
