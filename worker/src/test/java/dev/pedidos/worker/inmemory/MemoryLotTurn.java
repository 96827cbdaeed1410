package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;

/** A lot's turn in a {@link MemoryLedger}. */
final class MemoryLotTurn implements LotTurn {

    final List<String> effects = new ArrayList<>();
    private final MemoryLedger ledger;
    private final List<Semaphore> held = new ArrayList<>();

    MemoryLotTurn(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Handle handle() {
        return MemoryTurn.noDatabase();
    }

    @Override
    public List<Head> nextHeads(String recebedorId, String tipo, int most) throws SQLException {
        ledger.reach(Statement.NEXT_HEADS);
        synchronized (ledger) {
            return ledger.line(recebedorId)
                    .limit(most)
                    .filter(row -> row.pedido.tipo().equals(tipo) && row.status == PedidoStatus.PENDING)
                    .map(MemoryRow::asHead)
                    .toList();
        }
    }

    @Override
    public List<Found> enter(List<Asked> lot) throws SQLException {
        ledger.reach(Statement.ENTER_LOT);
        for (String recebedorId :
                lot.stream().map(Asked::recebedorId).distinct().sorted().toList()) {
            held.add(ledger.locks.take(recebedorId));
        }
        synchronized (ledger) {
            return lot.stream()
                    .map(asked -> ledger.find(asked.pedidoId()))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparingLong(row -> row.ordem))
                    .map(row -> new Found(
                            row.pedido.pedidoId(),
                            ledger.state(row),
                            ledger.before(row).map(before -> before.pedido.pedidoId())))
                    .toList();
        }
    }

    @Override
    public Set<String> finish(List<FinalState> finished) throws SQLException {
        ledger.reach(Statement.FINISH_LOT);
        Set<String> parkedBehind = new HashSet<>();
        synchronized (ledger) {
            for (var one : finished) {
                if (ledger.find(one.version().pedidoId())
                        .filter(row -> row.isAt(one.version()))
                        .isEmpty()) {
                    throw new SQLException("division by zero", "22012");
                }
            }
            for (var one : finished) {
                ledger.finish(one.version(), one.status());
            }
            ledger.keep(effects);
            for (var one : finished) {
                if (ledger.isParkedBehind(one.version().pedidoId(), one.recebedorId())) {
                    parkedBehind.add(one.recebedorId());
                }
            }
        }
        close();
        return parkedBehind;
    }

    @Override
    public void cancelStatement() {
        // Statements in memory take no time.
    }

    @Override
    public void close() {
        effects.clear();
        held.forEach(Semaphore::release);
        held.clear();
    }
}
