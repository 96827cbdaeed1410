package dev.pedidos.tools.proof.laws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A conservation law of the ledger: a file with two statements under {@code laws/}. They read the names that a
 * {@link Scope} defines, and no table.
 *
 * @param name of the file
 * @param counted gives one text: what was checked; no row: nothing can be checked with this role
 * @param violations gives the rows that break the law
 */
public record Law(String name, Needs needs, String counted, String violations) {

    public static final List<Law> ALL = List.of(
            load("every-pedido-is-accounted-for", Needs.ITS_PEDIDOS),
            load("one-effect", Needs.ITS_PEDIDOS),
            load("estoque-adds-up", Needs.THE_WHOLE_LEDGER),
            load("estoque-was-never-below-zero", Needs.THE_WHOLE_LEDGER),
            load("reservas-are-those-of-completed-pedidos", Needs.ITS_PEDIDOS),
            load("what-was-cancelled-has-no-effect", Needs.ITS_PEDIDOS),
            load("order-per-recebedor", Needs.ITS_PEDIDOS),
            load("replay", Needs.ITS_PEDIDOS),
            load("attempts-recorded-are-attempts-made", Needs.ITS_PEDIDOS),
            load("attempts-wait-their-time", Needs.ITS_PEDIDOS),
            load("a-task-has-its-items", Needs.ITS_PEDIDOS),
            load("every-end-has-its-webhook", Needs.THE_WHOLE_LEDGER),
            load("new-events-come-last", Needs.THE_PRESENT),
            load("nothing-parked-behind-a-finished-head", Needs.THE_PRESENT),
            load("nothing-stranded", Needs.THE_PRESENT));

    /** Holds only if all pedidos have tipos whose number of attempts is known in advance, as in a drill. */
    public static final Law NO_OUTAGE_USED_AN_ATTEMPT =
            load("/drill/", "no-outage-used-an-attempt", Needs.THE_WHOLE_LEDGER);

    private static Law load(String name, Needs needs) {
        return load("/laws/", name, needs);
    }

    private static Law load(String folder, String name, Needs needs) {
        try (InputStream file = Law.class.getResourceAsStream(folder + name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException(folder + name + ".sql is missing");
            }
            var statements = new String(file.readAllBytes(), StandardCharsets.UTF_8).split(";\n", 2);
            return new Law(name, needs, statements[0], statements[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
