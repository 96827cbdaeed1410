package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Ends what takes too long: a hold of new pedidos, and the waits of pedidos for their insert. */
final class WaitWatch implements AutoCloseable {
    /** A pedido that has waited longer for its insert goes by the broker, if that is up. */
    static final Duration FALLBACK_AFTER = Duration.ofSeconds(4);
    /** One that has waited longer is answered 503: inserting it then would only use up time that others wait for. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(WaitWatch.class));
    private static final Duration HOLD_CHECK = Duration.ofMillis(500);
    private static final Duration WAIT_CHECK = Duration.ofSeconds(1);

    private final Supplier<StoresUp> stores;
    private final FailoverGate gate;
    private final LedgerPath ledger;
    private final Consumer<FailoverGate.Released> released;
    private final LongSupplier nanos;
    private final PeriodicTask holdWatch = watch("hold-watch", HOLD_CHECK, this::endLongHold);
    private final PeriodicTask waitWatch = watch("insert-watch", WAIT_CHECK, this::endLongWaits);

    /** @param released sends on the pedidos whose hold has ended */
    WaitWatch(
            Supplier<StoresUp> stores,
            FailoverGate gate,
            LedgerPath ledger,
            Consumer<FailoverGate.Released> released,
            LongSupplier nanos) {
        this.stores = stores;
        this.gate = gate;
        this.ledger = ledger;
        this.released = released;
        this.nanos = nanos;
    }

    private static PeriodicTask watch(String name, Duration pause, Runnable check) {
        return new PeriodicTask(
                name,
                Timing.interruptedAtStop(pause),
                () -> {
                    check.run();
                    return pause;
                },
                FAULTS.warning("checking for pedidos that wait too long failed; checked again"));
    }

    void start() {
        holdWatch.start();
        waitWatch.start();
    }

    void endLongHold() {
        released.accept(gate.expireHold(nanos.getAsLong(), Failover.LONGEST_HOLD));
    }

    void endLongWaits() {
        long now = nanos.getAsLong();
        if (stores.get().brokerUp()) {
            ledger.notInserted(now - FALLBACK_AFTER.toNanos()).stream()
                    .filter(PendingInsert::mayGoByBroker)
                    .forEach(PendingInsert::handBack);
        }
        ledger.notInserted(now - PATIENCE.toNanos()).forEach(waiting -> waiting.endWith(new Acceptance.Unavailable()));
    }

    @Override
    public void close() throws InterruptedException {
        holdWatch.close();
        waitWatch.close();
    }
}
