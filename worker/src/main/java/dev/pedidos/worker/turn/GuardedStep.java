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

    private final LockWaits lockWaits;
    private Optional<Passage> passage = Optional.empty();

    GuardedStep(LockWaits lockWaits, Candidate message) {
        this.lockWaits = lockWaits;
        this.message = message;
    }

    abstract T guarded() throws SQLException;

    /** The result of a step that had to wait in vain. */
    abstract T asResult(Ending ending);

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
            if (!lockWaits.wasInVain(e, passage.map(Passage::turnSince).orElse(since))) {
                throw e;
            }
            passage.ifPresent(Passage::unmark);
            return asResult(lockWaits.setAside(message));
        }
    }

    @Override
    public final boolean mayHaveMarked() {
        return passage.map(Passage::mayHaveMarked).orElse(message.suspect());
    }

    @Override
    public final void giveUp() {
        lockWaits.remember(message.recebedorId());
        passage.ifPresent(Passage::unmark);
    }
}
