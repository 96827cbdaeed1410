package dev.pedidos.worker.turn;

import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A step that tries a pedido and may have to wait for another session. After a wait in vain it takes its begin mark back, and the
 * delivery in hand is set aside.
 */
abstract class GuardedStep<T> implements DatabaseRetry.Step<T> {

    /** The delivery in hand. */
    final Candidate message;

    private final LockWaits waits;
    private Optional<Passage> passage = Optional.empty();

    GuardedStep(LockWaits waits, Candidate message) {
        this.waits = waits;
        this.message = message;
    }

    abstract T guarded() throws SQLException;

    /** The result of a step that had to wait in vain. */
    abstract T setAside(Ending ending);

    /** Names the pedido whose begin mark is taken back if this step gives up. */
    final Passage track(Passage next) {
        passage = Optional.of(next);
        return next;
    }

    @Override
    public final T run() throws SQLException {
        long since = System.nanoTime();
        try {
            return guarded();
        } catch (SQLException | RuntimeException e) {
            if (!waits.wasInVain(e, passage.map(Passage::turnSince).orElse(since))) {
                throw e;
            }
            passage.ifPresent(Passage::unmark);
            return setAside(waits.setAside(message));
        }
    }

    @Override
    public final boolean mayHaveMarked() {
        return passage.map(Passage::mayHaveMarked).orElse(message.suspect());
    }

    @Override
    public final void giveUp() {
        waits.remember(message.recebedorId());
        passage.ifPresent(Passage::unmark);
    }
}
