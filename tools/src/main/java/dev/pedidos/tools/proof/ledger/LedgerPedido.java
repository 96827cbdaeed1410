package dev.pedidos.tools.proof.ledger;

import dev.pedidos.shared.ledger.PedidoStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pedido in the ledger.
 *
 * @param unnoted accepted while the database was down
 * @param content hex form of its payload hash
 * @param effect id of its event COMPLETED or REJECTED: of two pedidos of one recebedor the lower one took effect
 * first; null: none
 * @param finalAt by the database's clock; null: not final
 */
public record LedgerPedido(
        String pedidoId,
        String recebedorId,
        String status,
        @Nullable String motivo,
        int ciclo,
        boolean unnoted,
        String content,
        @Nullable Long effect,
        @Nullable Instant finalAt) {

    public boolean unfinished() {
        return PedidoStatus.valueOf(status).unfinished();
    }
}
