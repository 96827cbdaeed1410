/** Moves what is final and old to the archive. */
@NullMarked
package dev.pedidos.shared.ledger.archive;

import org.jspecify.annotations.NullMarked;
