package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.ledger.Sql;
import java.util.Map;

/** The statements under {@code replay/}, and what stands for their names in braces. */
final class Statements {
    /** Where events are read. */
    static final String SOURCE = named("events");
    /** The results of earlier events, for a fold of all events. */
    static final String NONE = "(select p.*, false as has_content from public.pedidos p where false)";
    /**
     * For a fold: nothing is known of what it joins, and a nested loop over some thousand rows is slow. A join that is written as
     * lateral stays one.
     */
    static final String NO_LOOPS = "set enable_nestloop = off";

    static final String LOOPS = "reset enable_nestloop";

    private Statements() {}

    static String named(String name) {
        return Sql.read(Statements.class, "/replay/" + name + ".sql");
    }

    /** @param ids a query */
    static String eventsOf(String source, String ids) {
        return Sql.fill(named("events_of"), Map.of("source", source, "ids", ids));
    }

    /**
     * The rows that these events give.
     *
     * @param events a table expression
     * @param prior what earlier events gave
     */
    static String fold(String events, String prior) {
        return Sql.fill(named("fold"), Map.of("events", events, "prior", prior));
    }

    /**
     * The stock that these events reserve and release.
     *
     * @param pedidos tells the tipo of each
     */
    static String moves(String events, String pedidos) {
        return Sql.fill(named("moves"), Map.of("events", events, "pedidos", pedidos));
    }

    /** The differences between two tables. */
    static String compare(String projection, String rebuilt, String stored) {
        return Sql.fill(named("compare_" + projection), Map.of("rebuilt", rebuilt, "stored", stored));
    }
}
