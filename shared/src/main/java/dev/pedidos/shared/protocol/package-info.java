/** The protocol of messages that worker and API share: read a message, decide on it, publish what follows. */
@NullMarked
package dev.pedidos.shared.protocol;

import org.jspecify.annotations.NullMarked;
