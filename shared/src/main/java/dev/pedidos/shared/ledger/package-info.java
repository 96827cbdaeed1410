/** PostgreSQL: what is true about every pedido, and the statements that change it. */
@NullMarked
package dev.pedidos.shared.ledger;

import org.jspecify.annotations.NullMarked;
