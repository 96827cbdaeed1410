/** Connections to the broker's nodes: how one is opened, kept, written to and ended, and what its faults mean. */
@NullMarked
package dev.pedidos.shared.broker.connection;

import org.jspecify.annotations.NullMarked;
