package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.worker.settle.Ending;
import java.time.Duration;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Waits for what another session keeps: a receiver's lock, or a row that its pedido needs. */
final class LockWaits {

    /** A lock that is refused sooner was not waited for: a handler may ask for rows with NOWAIT. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LoggerFactory.getLogger(LockWaits.class));
    private final Turns turns;
    private final BusyReceivers lockedElsewhere;

    /** @param lockedElsewhere receivers for whose lock or row a wait was in vain: their deliveries are set aside for a while */
    LockWaits(Turns turns, BusyReceivers lockedElsewhere) {
        this.turns = turns;
        this.lockedElsewhere = lockedElsewhere;
    }

    /** Whether a wait for the receiver's lock or row was in vain a moment ago. */
    boolean isBusy(String recebedorId) {
        return lockedElsewhere.contains(recebedorId);
    }

    void remember(String recebedorId) {
        lockedElsewhere.add(recebedorId);
    }

    /**
     * Whether another session has kept a lock that was waited for: then nothing is tried again in place.
     *
     * @param since when the turn was begun, by System.nanoTime()
     */
    boolean wasInVain(Exception failure, long since) {
        if (failure instanceof ReceiverLockTimeout) {
            return true;
        }
        boolean inVain = LedgerFault.isLockTimeout(failure) && System.nanoTime() - since >= SHORTEST_WAIT.toNanos();
        if (inVain) {
            turns.shortenWaits();
        }
        return inVain;
    }

    /** The ending of a delivery whose wait was in vain. */
    Ending setAside(Candidate message) {
        String fault = "another session keeps this receiver's lock, or a row that its pedido needs";
        faults.warn(
                "the receiver's pedidos are set aside for a while",
                fault,
                Map.of("recebedor_id", message.recebedorId()));
        remember(message.recebedorId());
        return new Ending.SetAside(message);
    }
}
