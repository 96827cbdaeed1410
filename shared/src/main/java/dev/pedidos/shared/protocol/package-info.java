/** What worker and API do alike with a message about a pedido: read it, decide what it is worth, publish what follows. */
@NullMarked
package dev.pedidos.shared.protocol;

import org.jspecify.annotations.NullMarked;
