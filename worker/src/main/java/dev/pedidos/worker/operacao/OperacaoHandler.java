package dev.pedidos.worker.operacao;

import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.EventVerdict;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.Refusal;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Applies an event to its operation, under the lock of the operation's row. The pedido is COMPLETED whatever becomes of
 * the event: applied, waiting, refused. Its resultado says which, and what else that moved.
 */
public final class OperacaoHandler implements LotHandler {
    @Override
    public String tipo() {
        return OperationEvent.TIPO;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws SQLException, PermanentFailure {
        return outcome(read(pedido), tx.getConnection());
    }

    @Override
    public List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) throws SQLException, PermanentFailure {
        List<OperationEvent> events = new ArrayList<>();
        for (var pedido : pedidos) {
            events.add(read(pedido));
        }
        OperationRow.lockAll(tx.getConnection(), events);
        List<Outcome> outcomes = new ArrayList<>();
        for (var event : events) {
            outcomes.add(outcome(event, tx.getConnection()));
        }
        return outcomes;
    }

    private static Outcome outcome(OperationEvent event, Connection tx) throws SQLException {
        var row = OperationRow.locked(tx, event);
        Arrival arrival = row.recebedorId().equals(event.recebedorId())
                ? arrival(row, Entry.of(event))
                : refused(row.operation(), Refusal.RECEBEDOR_DIFERENTE);
        row.write(Entry.of(event), arrival);
        return new Outcome.Completed(OperacaoResultado.of(event, arrival));
    }

    private static Arrival arrival(OperationRow row, Entry event) throws SQLException {
        boolean frees = row.someWait() && Arrival.frees(row.operation(), event);
        return Arrival.of(row.operation(), event, frees ? row.waiting() : List.of());
    }

    private static Arrival refused(Operation operation, Refusal motivo) {
        return new Arrival(operation, new EventVerdict.Refused(motivo), List.of());
    }

    /** The API accepts only valid events, by HTTP and from queues; this one was written into the ledger by something else. */
    private static OperationEvent read(Pedido pedido) throws PermanentFailure {
        try {
            return OperationReader.of(pedido);
        } catch (InvalidFields e) {
            throw new PermanentFailure("it carries no valid event of an operation", e);
        }
    }
}
