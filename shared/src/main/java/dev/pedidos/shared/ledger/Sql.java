package dev.pedidos.shared.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Reads the statements of {@code resources/sql/}: one statement in each file, with its reason in the comment on top.
 */
public final class Sql {

    private Sql() {}

    /** The statement of {@code sql/<name>.sql}, without its comments. */
    public static String named(String name) {
        return read(Sql.class, "/sql/" + name + ".sql");
    }

    /**
     * The statement of a resource in another module, without its comments.
     *
     * @param neighbour a class of that module
     */
    public static String read(Class<?> neighbour, String resource) {
        try (var in = neighbour.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no statement at " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
