package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import java.util.Optional;

/**
 * How a pedido stands in the ledger, seen under its receiver's lock.
 *
 * @param agendamento schedulings in this ciclo
 * @param tentativas attempts made in this ciclo
 * @param published the broker has confirmed the message that belongs to it as it is
 * @param dueInMillis until its next attempt; 0 where it need not wait
 * @param begun who began to try it and has not said how it ended
 * @param head nothing of its receiver stands before it, or it stands in no line
 */
@SuppressWarnings("ArrayRecordComponent")
public record PedidoState(
        Status status,
        int ciclo,
        int agendamento,
        int tentativas,
        byte[] payloadHash,
        boolean published,
        long dueInMillis,
        Optional<Beginner> begun,
        boolean head) {

    /** A worker that has begun with a pedido; whether it still lives, the database knows by the lock of its name. */
    public record Beginner(String worker, boolean lives) {}

    public Version version(String pedidoId) {
        return new Version(pedidoId, ciclo, agendamento, tentativas);
    }

    /** True for an older version than the ledger's: a message of it is a copy that came late. */
    public boolean isPast(Version version) {
        return version.ciclo() < ciclo || (version.ciclo() == ciclo && version.agendamento() < agendamento);
    }
}
