package dev.pedidos.e2e.system;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The statements of the programs that a {@link Trap} waits for. */
public final class Statements {

    public static final Predicate<String> COMMIT = sql -> sql.strip().equalsIgnoreCase("commit");
    /** Inserts new pedidos. */
    public static final Predicate<String> INSERT = has("insert into pedidos");
    /** The first statement of every turn of a worker. */
    public static final Predicate<String> LOCK = has("pg_advisory_xact_lock");
    /** Finishes a pedido. */
    public static final Predicate<String> FINISH = has("(select count(*) from finished)");
    /** Parks a pedido that has to wait for the one before it. */
    public static final Predicate<String> PARK = has("set parked = true, published = true");

    public static final Predicate<String> DEAD_LETTER = has("set status = 'DEAD_LETTERED'");
    /** Marks published pedidos. */
    public static final Predicate<String> MARK = has("set published = true,");

    private Statements() {}

    /** True once: for the n-th such statement, over all connections. */
    public static Predicate<String> nth(int n, Predicate<String> statement) {
        var seen = new AtomicInteger();
        return sql -> statement.test(sql) && seen.incrementAndGet() == n;
    }

    private static Predicate<String> has(String part) {
        return sql -> sql.contains(part);
    }
}
