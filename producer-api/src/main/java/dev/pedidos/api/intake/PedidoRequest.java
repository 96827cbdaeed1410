package dev.pedidos.api.intake;

import dev.pedidos.shared.message.Pedido;

/**
 * A valid request to accept a pedido.
 *
 * @param idFromKey its id was made from the Idempotency-Key
 */
record PedidoRequest(Pedido pedido, boolean idFromKey) {}
