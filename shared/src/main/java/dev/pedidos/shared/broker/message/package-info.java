/** A message as the broker carries it: its headers and properties, the one to publish, the one that was taken. */
@NullMarked
package dev.pedidos.shared.broker.message;

import org.jspecify.annotations.NullMarked;
