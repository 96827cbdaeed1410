/** Tasks: batches of pedidos that are accepted together, counted together and cancelled together. */
@NullMarked
package dev.pedidos.shared.ledger.task;

import org.jspecify.annotations.NullMarked;
