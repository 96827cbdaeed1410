package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import java.util.Map;

/** The rows that the laws judge: definitions of the names that they read, put in front of each statement. */
record Scope(String definitions) {
    static final Scope EVERYTHING = of("everything");

    private static final String CHANGED = "changed";

    /** The pedidos and operations with an event above this id, each with all its rows. */
    static Scope changedAfter(long eventId) {
        return new Scope(Sql.fill(of(CHANGED).definitions(), Map.of("after", Long.toString(eventId))));
    }

    private static Scope of(String file) {
        return new Scope(read("always") + ",\n" + read(file));
    }

    private static String read(String file) {
        return Sql.read(Scope.class, "/scope/" + file + ".sql");
    }

    /** A query with these definitions in front of it. */
    String query(String columns, String from) {
        return RootLocale.format("with recursive %s%nselect %s from (%n%s%n) as judged", definitions, columns, from);
    }
}
