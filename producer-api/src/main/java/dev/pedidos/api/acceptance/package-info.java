/** From a valid pedido to its answer: by the ledger, which inserts it, or by the broker, which keeps it while the ledger cannot. */
@NullMarked
package dev.pedidos.api.acceptance;

import org.jspecify.annotations.NullMarked;
