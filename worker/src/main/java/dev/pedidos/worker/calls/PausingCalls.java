package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.DependencyBusy;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/** Makes no call to a dependency that has asked the fleet to leave it alone. */
final class PausingCalls implements Calls {

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(PausingCalls.class));

    private final PauseCheck pause;
    private final Calls inner;

    PausingCalls(PauseCheck pause, Calls inner) {
        this.pause = pause;
        this.inner = inner;
    }

    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        pause.check(dependency);
        return inner.call(dependency, () -> {
            try {
                return call.call();
            } catch (DependencyBusy e) {
                begin(dependency, e.retryAfter());
                throw e;
            }
        });
    }

    private void begin(String dependency, Duration wanted) {
        try {
            pause.pauses().begin(dependency, wanted);
        } catch (RuntimeException e) {
            FAULTS.warn(
                    "other workers are not told that " + dependency + " wants no calls; they will see it themselves",
                    e);
        }
    }
}
