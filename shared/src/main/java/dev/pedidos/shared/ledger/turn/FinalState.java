package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a pedido.
 *
 * @param status COMPLETED or REJECTED
 * @param resultado JSON
 */
public record FinalState(
        Version version,
        String recebedorId,
        PedidoStatus status,
        @Nullable String motivo,
        @Nullable String resultado) {}
