/** Proves when all has drained: the ledger against the clients' history, the broker, what is left over, and the logs. */
@NullMarked
package dev.pedidos.tools.proof.torture.check;

import org.jspecify.annotations.NullMarked;
