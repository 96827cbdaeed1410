package dev.pedidos.shared.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the statements of {@code resources/sql/}: one statement in each file, with its reason in the comment on top. A part that
 * several statements have is a file of its own: <code>{sql/name}</code> stands for it.
 */
public final class Sql {

    private static final Pattern FILE = Pattern.compile("\\{sql/([a-z_]+)}");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");

    private Sql() {}

    /** The statement of {@code sql/<name>.sql}, without its comments. */
    public static String named(String name) {
        String statement = read(Sql.class, "/sql/" + name + ".sql");
        return FILE.matcher(statement).replaceAll(part -> Matcher.quoteReplacement(named(part.group(1))));
    }

    /**
     * The statement with a part at each place: <code>{name}</code>.
     *
     * @param parts by their names; those that the statement has no place for are left out
     * @throws IllegalArgumentException a place has no part
     */
    public static String fill(String statement, Map<String, String> parts) {
        return PLACE.matcher(statement).replaceAll(place -> {
            String part = parts.get(place.group(1));
            if (part == null) {
                throw new IllegalArgumentException("no part for " + place.group());
            }
            return Matcher.quoteReplacement(part);
        });
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
