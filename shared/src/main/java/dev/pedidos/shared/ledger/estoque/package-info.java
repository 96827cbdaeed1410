/** Sets and reads the stock. */
@NullMarked
package dev.pedidos.shared.ledger.estoque;

import org.jspecify.annotations.NullMarked;
