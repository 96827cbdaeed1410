/** {@code ./pedidos listen}: an endpoint for webhooks, to look at them. */
@NullMarked
package dev.pedidos.tools.cli.listen;

import org.jspecify.annotations.NullMarked;
