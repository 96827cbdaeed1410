/** Dead letters: the routes for operators, redrives, and the sweep that compares the DLQ with the ledger. */
@NullMarked
package dev.pedidos.api.deadletter;

import org.jspecify.annotations.NullMarked;
