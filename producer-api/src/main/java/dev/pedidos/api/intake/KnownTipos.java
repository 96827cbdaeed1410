package dev.pedidos.api.intake;

import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The tipos that a worker can handle. The registered ones are cached. A tipo that is not among them may have been registered since
 * then, so each question about it needs a look that began later. Those that ask during a look share the next one. Asking never
 * blocks: the caller gets a future.
 */
public final class KnownTipos {

    /** The ledger must be read before it is known whether this tipo is registered. */
    static final class NotRead extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRead() {
            super("the registered tipos have to be read again", null, false, false);
        }
    }

    private record Look(Set<String> registered, boolean failed, long at) {}

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(KnownTipos.class));
    private static final Duration LOOK_AHEAD_EVERY = Duration.ofSeconds(30);
    private static final Duration WHILE_THE_LEDGER_IS_DOWN = Duration.ofSeconds(1);
    private static final Duration NO_LOOK_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Each request keeps its body in memory while it waits. */
    private static final int MOST_WAITING = 200;

    private final Set<String> builtIn;
    private final Callable<Set<String>> registered;
    private final Executor asking;
    private final LongSupplier nanos;
    private final Duration patience;
    /** Not begun. */
    private final AtomicReference<@Nullable CompletableFuture<Look>> next = new AtomicReference<>();

    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Look last;

    /**
     * @param builtIn known without the ledger
     * @param registered reads the ledger
     * @param asking runs {@code registered}; never more than one at a time
     * @param nanos System::nanoTime, or a test's clock
     */
    public KnownTipos(Set<String> builtIn, Callable<Set<String>> registered, Executor asking, LongSupplier nanos) {
        this(builtIn, registered, asking, nanos, PATIENCE);
    }

    /** @param patience how long a caller waits for an answer of the ledger */
    KnownTipos(
            Set<String> builtIn,
            Callable<Set<String>> registered,
            Executor asking,
            LongSupplier nanos,
            Duration patience) {
        this.builtIn = builtIn;
        this.registered = registered;
        this.asking = asking;
        this.nanos = nanos;
        this.patience = patience;
    }

    /**
     * True if the tipo is known.
     *
     * @throws NotRead if the caller has to wait for {@link #readAgain}
     * @throws ProblemException 503 if the ledger could not be read a moment ago
     */
    boolean isKnown(String tipo) {
        Look look = last;
        if (builtIn.contains(tipo) || (look != null && look.registered.contains(tipo))) {
            return true;
        }
        if (look != null && look.failed && nanos.getAsLong() - look.at <= NO_LOOK_AFTER_FAILURE.toNanos()) {
            throw cannotCheck();
        }
        throw new NotRead();
    }

    /** Reads the ledger; fails with 503 if it does not answer in time. */
    CompletableFuture<Predicate<String>> readAgain() {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new ProblemException(Problem.overloaded()));
        }
        return read().copy()
                .completeOnTimeout(new Look(Set.of(), true, 0), patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((look, failure) -> waiting.decrementAndGet())
                .thenApply(look -> tipo -> builtIn.contains(tipo) || knownTo(look, tipo));
    }

    /** Reads the ledger while it is up, so that the tipos are known while it is down. */
    public PeriodicTask loop(BooleanSupplier ledgerIsUp) {
        return new PeriodicTask(
                "tipos-ahead",
                Timing.interruptedAtStop(LOOK_AHEAD_EVERY),
                () -> {
                    if (!ledgerIsUp.getAsBoolean()) {
                        return WHILE_THE_LEDGER_IS_DOWN;
                    }
                    readAhead();
                    return LOOK_AHEAD_EVERY;
                },
                FAULTS.warning("the registered tipos could not be read; they are read again in "
                        + LOOK_AHEAD_EVERY.toSeconds() + " s"));
    }

    /** Before anybody asks. */
    void readAhead() {
        asking.execute(() -> {
            Look look = look();
            if (!look.failed) {
                last = look;
            }
        });
    }

    private CompletableFuture<Look> read() {
        var mine = new CompletableFuture<Look>();
        var others = next.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        try {
            asking.execute(() -> {
                next.set(null);
                Look look = look();
                last = look;
                mine.complete(look);
            });
        } catch (RejectedExecutionException e) {
            next.set(null);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private Look look() {
        try {
            return new Look(registered.call(), false, nanos.getAsLong());
        } catch (Exception | Error e) {
            FAULTS.warn(
                    "the registered tipos could not be read; pedidos whose tipo is not known yet are answered 503", e);
            Look before = last;
            return new Look(before == null ? Set.of() : before.registered, true, nanos.getAsLong());
        }
    }

    private static boolean knownTo(Look look, String tipo) {
        boolean known = look.registered.contains(tipo);
        if (!known && look.failed) {
            throw cannotCheck();
        }
        return known;
    }

    private static ProblemException cannotCheck() {
        return new ProblemException(
                Problem.unavailable("The API cannot check this tipo now. Nothing was accepted. Send it again."));
    }
}
