package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the table pedidos. */
final class MemoryRow {

    final Pedido pedido;
    final byte[] payloadHash;
    final long ordem;
    PedidoStatus status = PedidoStatus.PENDING;
    int ciclo;
    int agendamento;
    int tentativas;
    boolean published;
    boolean parked;
    boolean held;
    boolean cancelled;
    boolean damaged;
    boolean unordered;
    long dueAtMillis;
    long changedAtMillis;

    @Nullable
    String begun;

    @Nullable
    String erroMensagem;

    MemoryRow(Pedido pedido, long ordem) {
        this.pedido = pedido;
        this.payloadHash = PayloadHash.of(pedido);
        this.ordem = ordem;
    }

    Head asHead() {
        return new Head(
                version(),
                pedido.tipo(),
                pedido.recebedorId(),
                pedido.origem(),
                damaged ? "" : PedidoCodec.writePayload(pedido),
                payloadHash,
                begun != null,
                parked,
                cancelled);
    }

    RowView view() {
        return new RowView(
                status,
                ciclo,
                agendamento,
                tentativas,
                parked,
                published,
                Optional.ofNullable(begun),
                Optional.ofNullable(erroMensagem));
    }

    boolean inLine() {
        return !unordered && (status.unfinished() || held);
    }

    /** Whether a decision for this version may still change the row. */
    boolean isAt(Version version) {
        return status.unfinished() && ciclo == version.ciclo() && agendamento == version.agendamento();
    }

    Version version() {
        return new Version(pedido.pedidoId(), ciclo, agendamento, tentativas);
    }

    /** The next attempt is due after the delay. */
    void schedule(long nowMillis, Duration delay) {
        status = PedidoStatus.RETRYING;
        agendamento++;
        parked = false;
        begun = null;
        dueAtMillis = nowMillis + delay.toMillis();
        changedAtMillis = nowMillis;
    }

    void end(PedidoStatus end) {
        status = end;
        tentativas++;
        dueAtMillis = 0;
        parked = false;
        begun = null;
    }
}
