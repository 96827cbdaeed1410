@NullMarked
package dev.pedidos.shared.ledger;

import org.jspecify.annotations.NullMarked;
