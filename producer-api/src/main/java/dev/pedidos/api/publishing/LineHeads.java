package dev.pedidos.api.publishing;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Finds the heads of the receivers' lines for the relay, twice within {@code PEDIDOS_SIGN_OF_LIFE_MS}. It looks at every receiver that
 * has unfinished pedidos, some of them in each search, and rests longer after a long search.
 */
public final class LineHeads {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(LineHeads.class));
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int REST_PER_SEARCH = 20;
    /** The pause between two statements of one search. */
    private static final Duration NEXT = Duration.ofMillis(1);

    private LineHeads() {}

    /** @param signOfLife the relay looks at a head if it has not changed for this long */
    public static PeriodicTask loop(RelayLedger ledger, Duration signOfLife, BooleanSupplier ledgerIsUp) {
        Duration half = signOfLife.dividedBy(2);
        Duration pause = Collections.min(List.of(half, LONGEST_PAUSE));
        return new PeriodicTask(
                "line-heads",
                Timing.interruptedAtStop(pause).resting(REST_PER_SEARCH),
                () -> ledgerIsUp.getAsBoolean() && ledger.watchHeads(half) ? NEXT : pause,
                FAULTS.warning("the search for heads with lost messages failed; tried again"));
    }
}
