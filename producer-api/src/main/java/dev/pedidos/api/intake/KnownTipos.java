package dev.pedidos.api.intake;

import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tipos that a worker can handle. The registered ones are kept, and read again at most once a second, when someone asks
 * for one that is not among them.
 */
public final class KnownTipos implements Predicate<String> {
    private static final Logger LOG = LoggerFactory.getLogger(KnownTipos.class);
    private static final Set<String> BUILT_IN = Set.of("pedido", "simulado");
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Callable<Set<String>> registered;
    private final LongSupplier nanos;
    private volatile Set<String> known = Set.of();
    private long readAt;
    private boolean read;
    private boolean failed;

    /** @param nanos System::nanoTime, or a test's clock */
    public KnownTipos(Callable<Set<String>> registered, LongSupplier nanos) {
        this.registered = registered;
        this.nanos = nanos;
    }

    /** @throws ProblemException 503 if it is not among those known and the ledger cannot be asked */
    @Override
    public boolean test(String tipo) {
        return BUILT_IN.contains(tipo) || known.contains(tipo) || readAgain().contains(tipo);
    }

    /** One at a time; those who waited find it fresh. */
    private synchronized Set<String> readAgain() {
        if (!read || nanos.getAsLong() - readAt > FRESH.toNanos()) {
            try {
                known = registered.call();
                failed = false;
            } catch (Exception e) {
                LOG.warn("the registered tipos could not be read; pedidos of tipos not known are answered 503", e);
                failed = true;
            }
            read = true;
            readAt = nanos.getAsLong();
        }
        if (failed) {
            throw new ProblemException(
                    Problem.unavailable("Whether a worker knows this tipo cannot be told now; nothing was accepted."));
        }
        return known;
    }
}
