/** Checks the promises on a ledger and on the history of a client. */
@NullMarked
package dev.pedidos.tools.proof.laws;

import org.jspecify.annotations.NullMarked;
