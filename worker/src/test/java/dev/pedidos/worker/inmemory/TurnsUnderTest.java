package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The ledger that a contract is tested with: the one in PostgreSQL, or the one in memory. */
public abstract class TurnsUnderTest {

    static final Failure FAILURE = new Failure("Broken", "said so");
    static final Duration LATER = Duration.ofHours(1);

    /** The ledger under test: each test uses pedidos and receivers of its own. */
    protected abstract Turns turns();

    /** Puts a new pedido at the end of its receiver's line. */
    protected abstract void accept(String pedidoId, String recebedorId) throws Exception;

    protected abstract RowView row(String pedidoId) throws Exception;

    /** The types of a pedido's events in their order, without ACCEPTED. */
    protected abstract List<String> events(String pedidoId) throws Exception;

    /** A client cancels the pedido. */
    protected abstract void cancel(String pedidoId);

    /** Makes the row unfinished again, though its final event is there. */
    protected abstract void reopen(String pedidoId) throws Exception;

    /** The ledger's clock is set back. */
    protected abstract void setClockBack(Duration by);

    /** Later turns wait for a lock as long as they need it, if the ledger can be told so. */
    protected void waitLong() {}

    /** Returns when a turn waits for the receiver's lock. */
    protected abstract void awaitWaitingTurn(String recebedorId) throws Exception;

    /** In another turn, on a thread that no other test keeps busy. */
    final CompletableFuture<PedidoState> lookingBeside(String recebedorId, String pedidoId) {
        return beside(() -> look(recebedorId, pedidoId));
    }

    static CompletableFuture<PedidoState> beside(Looking looking) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return looking.run();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    @FunctionalInterface
    interface Looking {
        PedidoState run() throws SQLException;
    }

    /** Something to do in a turn that holds the receiver's lock. */
    protected interface InTurn {
        void run(Turn turn) throws Exception;
    }

    protected final void entered(String recebedorId, String pedidoId, InTurn work) throws Exception {
        try (var turn = turns().entered(recebedorId, pedidoId)) {
            work.run(turn);
        }
    }

    protected final boolean finish(String pedidoId, String recebedorId) throws SQLException {
        try (var turn = turns().entered(recebedorId, pedidoId)) {
            return turn.finish(new FinalState(first(pedidoId), recebedorId, PedidoStatus.COMPLETED, null, null));
        }
    }

    final PedidoState look(String recebedorId, String pedidoId) throws SQLException {
        try (var turn = turns().open()) {
            return turn.enter(recebedorId, pedidoId).orElseThrow();
        }
    }

    final Optional<Head> head(String recebedorId) throws SQLException {
        try (var turn = turns().open()) {
            return turn.enterHead(recebedorId);
        }
    }

    static Version first(String pedidoId) {
        return new Version(pedidoId, 0, 0, 0);
    }
}
