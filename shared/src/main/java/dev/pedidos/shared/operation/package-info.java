/** How the events of an operation give its state: the state machine, and nothing else. */
@NullMarked
package dev.pedidos.shared.operation;

import org.jspecify.annotations.NullMarked;
