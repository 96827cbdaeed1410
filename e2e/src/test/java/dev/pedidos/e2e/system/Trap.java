package dev.pedidos.e2e.system;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Waits for a statement on its way to PostgreSQL; springs once, does its action and cuts that connection. */
public final class Trap {

    /** What happens beside the cut, for example the end of the program that sent the statement. */
    public interface Action {
        Action NOTHING = () -> {};

        void run() throws Exception;
    }

    private final Predicate<String> statement;
    private final int later;
    private final boolean lettingThrough;
    private final Action action;
    private final AtomicBoolean armed = new AtomicBoolean(true);
    private final CompletableFuture<String> sprung = new CompletableFuture<>();

    /**
     * @param later how many statements after the one that is waited for
     * @param lettingThrough whether the server gets the statement and only its answer is kept back
     */
    Trap(Predicate<String> statement, int later, boolean lettingThrough, Action action) {
        this.statement = statement;
        this.later = later;
        this.lettingThrough = lettingThrough;
        this.action = action;
    }

    boolean lettingThrough() {
        return lettingThrough;
    }

    /** @param counts statements of one connection since the one that is waited for */
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

    /** The evidence that the fault hit: the statement that it hit at. */
    public String awaitSprung() throws Exception {
        return sprung.get(60, TimeUnit.SECONDS);
    }
}
