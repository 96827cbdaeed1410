package dev.pedidos.worker.operacao;

import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.Refusal;
import dev.pedidos.shared.operation.Verdict;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Applies an event to its operation, under the lock of the operation's row. The pedido is COMPLETED whatever becomes of
 * the event: applied, waiting, refused. Its resultado says which, and what else that moved.
 */
public final class OperacaoHandler implements Handler {
    @Override
    public String tipo() {
        return OperationEvent.TIPO;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws SQLException, PermanentFailure {
        OperationEvent event = read(pedido);
        var row = OperationRow.locked(tx.getConnection(), event);
        Arrival arrival = row.recebedorId().equals(event.recebedorId())
                ? arrival(row, Entry.of(event))
                : refused(row.operation(), Refusal.RECEBEDOR_DIFERENTE);
        row.write(Entry.of(event), arrival);
        return new Outcome.Completed(Resultado.of(event, arrival));
    }

    private static Arrival arrival(OperationRow row, Entry event) throws SQLException {
        boolean moves = row.operation().judge(event) instanceof Verdict.Applied;
        return Arrival.of(row.operation(), event, moves && row.someWait() ? row.waiting() : List.of());
    }

    private static Arrival refused(Operation operation, Refusal motivo) {
        return new Arrival(operation, new Verdict.Refused(motivo), List.of());
    }

    /** Both doors let only valid events in; this one was written into the ledger by something else. */
    private static OperationEvent read(Pedido pedido) throws PermanentFailure {
        try {
            return OperationReader.of(pedido);
        } catch (InvalidFields e) {
            throw new PermanentFailure("it carries no valid event of an operation", e);
        }
    }
}
