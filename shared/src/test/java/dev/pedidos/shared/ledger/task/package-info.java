@NullMarked
package dev.pedidos.shared.ledger.task;

import org.jspecify.annotations.NullMarked;
