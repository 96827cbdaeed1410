/** Connects to PostgreSQL, classifies its failures and runs the migrations. */
@NullMarked
package dev.pedidos.shared.ledger;

import org.jspecify.annotations.NullMarked;
