package dev.pedidos.e2e.system;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Waits for a statement on its way to PostgreSQL; springs once and runs its action. */
public final class Trap {

    /** Runs then: for example ends the program that sent the statement. */
    public interface Action {
        Action NOTHING = () -> {};

        void run() throws Exception;
    }

    /** The fate of the statement. */
    enum Way {
        /** The connection is cut before the server gets it. */
        CUT_BEFORE,
        /** The server executes it, and the connection is cut before the client hears of it. */
        CUT_AFTER,
        /** It goes on after the action. */
        HOLD
    }

    private final Predicate<String> statement;
    private final int later;
    private final Way way;
    private final Action action;
    private final AtomicBoolean armed = new AtomicBoolean(true);
    private final CompletableFuture<String> sprung = new CompletableFuture<>();

    /** @param later the number of statements after the expected one */
    Trap(Predicate<String> statement, int later, Way way, Action action) {
        this.statement = statement;
        this.later = later;
        this.way = way;
        this.action = action;
    }

    Way way() {
        return way;
    }

    /** @param counts statements of one connection since the expected one */
    boolean springsAt(String sql, Map<Trap, Integer> counts) {
        if (statement.test(sql)) {
            counts.put(this, 0);
        } else {
            counts.computeIfPresent(this, (trap, count) -> count + 1);
        }
        return counts.getOrDefault(this, -1) == later && armed.compareAndSet(true, false);
    }

    void spring(String sql) {
        try {
            action.run();
            sprung.complete(sql);
        } catch (Exception e) {
            sprung.completeExceptionally(e);
        }
    }

    /** The evidence that the fault hit: the statement. */
    public String awaitSprung() throws Exception {
        return sprung.get(60, TimeUnit.SECONDS);
    }
}
