package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets a receiver's pedidos through one by one, in their order. A pedido is looked at under its receiver's lock, and only
 * the head of the line is tried. Each step takes one pedido to one committed ending. After a database fault a step can be
 * run again: it starts over.
 */
public final class Turnstile {

    private final PassageContext context;
    private final PedidoMemory memory;
    private final LockWaits lockWaits;
    /**
     * Receivers for whose lock {@link #lookStep} waited in vain a moment ago: a lane of this worker holds it while a pedido takes
     * effect. The step does not wait for them again.
     */
    private final BusyReceivers lockedBeside = new BusyReceivers();

    /**
     * @param lockedElsewhere receivers whose lock another session keeps, or a row that they need
     * @param memory for parked pedidos; that of a message or a waiting head is taken by its caller
     */
    public Turnstile(PassageContext context, BusyReceivers lockedElsewhere, PedidoMemory memory) {
        this.context = context;
        this.lockWaits = new LockWaits(context.turns(), lockedElsewhere);
        this.memory = memory;
    }

    /** The step for the pedido of a message. */
    public DatabaseRetry.Step<Ending> messageStep(Candidate message) {
        return new PedidoStep(message, message);
    }

    /**
     * The step for a head that waits.
     *
     * @param message the delivery in hand, of the same receiver
     */
    public DatabaseRetry.Step<Ending> waitingHeadStep(Candidate head, Candidate message) {
        return new PedidoStep(head, message);
    }

    /**
     * The step that only looks at the pedido of a message, whose receiver has a pedido in hand beside the shard. Its result is empty
     * if it may be tried, or if the lock is not free: the one in hand holds it while it takes effect.
     */
    public DatabaseRetry.Step<Optional<Ending>> lookStep(Candidate message) {
        return () -> {
            if (lockWaits.isBusy(message.recebedorId())) {
                return Optional.of(new Ending.SetAside(message));
            }
            if (lockedBeside.contains(message.recebedorId())) {
                return Optional.empty();
            }
            long since = System.nanoTime();
            try (var turn = context.turns().open()) {
                return context.line().look(turn, message) instanceof Ended(var ending)
                        ? Optional.of(ending)
                        : Optional.empty();
            } catch (ReceiverLockTimeout e) {
                lockedBeside.add(message.recebedorId());
                return Optional.empty();
            } catch (SQLException | RuntimeException e) {
                if (!lockWaits.wasInVain(e, since)) {
                    throw e;
                }
                return Optional.of(lockWaits.setAside(message));
            }
        };
    }

    /**
     * The step for the head of the receiver's line, if it is parked.
     *
     * @param message the delivery in hand, of the same receiver
     * @param onBegin is told the id of the head before it is tried
     */
    public DatabaseRetry.Step<ParkedHead> parkedHeadStep(Candidate message, Consumer<String> onBegin) {
        return new ParkedHeadStep(message, onBegin);
    }

    /**
     * The step that hands on the head of the receiver's line, if it is parked. Its result is empty if it is not.
     *
     * @param message the delivery in hand, of the same receiver
     */
    public DatabaseRetry.Step<Optional<Ending>> handOnStep(Candidate message) {
        return () -> {
            try {
                return context.turns().parkedHeadOf(message.recebedorId()).map(Ending.HandedOn::new);
            } catch (ReceiverLockTimeout e) {
                return Optional.of(lockWaits.setAside(message));
            }
        };
    }

    private final class PedidoStep extends GuardedStep<Ending> {

        private final Passage passage;

        PedidoStep(Candidate candidate, Candidate message) {
            super(lockWaits, message);
            this.passage = track(new Passage(context, candidate, message));
        }

        @Override
        Ending guarded() throws SQLException {
            if (lockWaits.isBusy(message.recebedorId())) {
                passage.unmark();
                return new Ending.SetAside(message);
            }
            return passage.untilEnded();
        }

        @Override
        Ending asResult(Ending ending) {
            return ending;
        }
    }

    private final class ParkedHeadStep extends GuardedStep<ParkedHead> {

        private final Consumer<String> onBegin;

        ParkedHeadStep(Candidate message, Consumer<String> onBegin) {
            super(lockWaits, message);
            this.onBegin = onBegin;
        }

        @Override
        ParkedHead guarded() throws SQLException {
            try (var turn = context.turns().open()) {
                var head = turn.enterHead(message.recebedorId()).filter(Head::parked);
                if (head.isEmpty()) {
                    return new ParkedHead.None();
                }
                if (!head.get().cancelled()
                        && context.handlers().waits(head.get().tipo())) {
                    return new ParkedHead.Waits(head.get());
                }
                var room = memory.takeIfFree(PedidoMemory.bytesOf(head.get()));
                if (room.isEmpty()) {
                    return new ParkedHead.Waits(head.get());
                }
                try (var decoded = room.get()) {
                    return new ParkedHead.Handled(pass(turn, head.get()));
                }
            }
        }

        private Ending pass(Turn turn, Head head) throws SQLException {
            onBegin.accept(head.pedidoId());
            var candidate = Candidate.ofHead(head).suspectIf(message.followersSuspect());
            var passage = track(new Passage(context, candidate, message));
            // The lock is held and the head is known: a second look would find the same.
            if (!head.cancelled() && !candidate.suspect() && passage.tryIn(turn) instanceof Ended(var ending)) {
                return ending;
            }
            turn.close();
            return passage.untilEnded();
        }

        @Override
        ParkedHead asResult(Ending ending) {
            return new ParkedHead.Handled(ending);
        }
    }
}
