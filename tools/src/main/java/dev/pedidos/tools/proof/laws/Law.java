package dev.pedidos.tools.proof.laws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A conservation law of the ledger: a file with two statements under {@code laws/}.
 *
 * @param name of the file
 * @param counted gives one text: what was checked
 * @param violations gives the rows that break the law
 */
public record Law(String name, String counted, String violations) {

    public static final List<Law> ALL = List.of(
            load("every-pedido-is-accounted-for"),
            load("one-effect"),
            load("estoque-adds-up"),
            load("estoque-was-never-below-zero"),
            load("reservas-are-those-of-completed-pedidos"),
            load("what-was-cancelled-has-no-effect"),
            load("order-per-recebedor"),
            load("replay"),
            load("attempts-recorded-are-attempts-made"),
            load("attempts-wait-their-time"),
            load("nothing-parked-behind-a-finished-head"),
            load("nothing-stranded"));

    /** Holds only if all pedidos have tipos whose number of attempts is known in advance, as in a drill. */
    public static final Law NO_OUTAGE_USED_AN_ATTEMPT = load("/drill/", "no-outage-used-an-attempt");

    private static Law load(String name) {
        return load("/laws/", name);
    }

    private static Law load(String folder, String name) {
        try (InputStream file = Law.class.getResourceAsStream(folder + name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException(folder + name + ".sql is missing");
            }
            var statements = new String(file.readAllBytes(), StandardCharsets.UTF_8).split(";\n", 2);
            return new Law(name, statements[0], statements[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
