package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Pedido;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/** The ledger in memory keeps the contract. */
@Timeout(30)
class MemoryLedgerTest extends LotTurnContract {

    private final MemoryLedger ledger = new MemoryLedger(Duration.ofMillis(500));

    @Override
    protected Turns turns() {
        return ledger;
    }

    @Override
    protected void accept(String pedidoId, String recebedorId) {
        ledger.accept(new Pedido(pedidoId, "simulado", recebedorId, "api", List.of(), null));
    }

    @Override
    protected RowView row(String pedidoId) {
        return ledger.row(pedidoId);
    }

    @Override
    protected List<String> events(String pedidoId) {
        return ledger.events(pedidoId).stream()
                .filter(event -> !event.equals("ACCEPTED"))
                .toList();
    }

    @Override
    protected void cancel(String pedidoId) {
        ledger.cancel(pedidoId);
    }

    @Override
    protected void reopen(String pedidoId) {
        ledger.reopen(pedidoId);
    }

    @Override
    protected void setClockBack(Duration by) {
        ledger.passTime(by.negated());
    }

    @Override
    protected void waitLong() {
        ledger.locks.waitFor(Duration.ofMinutes(1));
    }

    @Override
    protected void awaitWaitingTurn(String recebedorId) {
        while (!ledger.locks.of(recebedorId).hasQueuedThreads()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("no turn waits for " + recebedorId);
            }
        }
    }
}
