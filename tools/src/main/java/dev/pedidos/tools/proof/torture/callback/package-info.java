/** The clients' endpoints for webhooks: what the pedidos of a run call back to. */
@NullMarked
package dev.pedidos.tools.proof.torture.callback;

import org.jspecify.annotations.NullMarked;
