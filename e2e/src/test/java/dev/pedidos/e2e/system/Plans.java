package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How the statements of the programs are planned in a ledger, with its statistics. */
public final class Plans {

    /** Those that read lists, and parts of statements. */
    private static final Set<String> OF_LISTS = Set.of(
            "adopt_letters",
            "archive_due",
            "archive_lists",
            "archive_lock_key",
            "bring_forward",
            "claim_for_relay",
            "dead_letter_counts",
            "dead_letters_newest",
            "estoque_json",
            "event_json",
            "fleet_answer",
            "fleet_counts",
            "head_columns",
            "insert_events",
            "is_cancelled",
            "left_to_recover",
            "lock_keys",
            "newest_place",
            "pause_in_force",
            "present_lists",
            "published_letters",
            "record_retry",
            "redrive_answer",
            "state_columns",
            "to_recover",
            "unfinished_states",
            "unknown_bytes");

    /** The indexes of pedidos that begin with the id or with the receiver. */
    private static final Set<String> NARROW = Set.of(
            "pedidos_pkey",
            "pedidos_in_line",
            "pedidos_late",
            "pedidos_held",
            "pedidos_begun",
            "pedidos_parked",
            "pedidos_newest_of_recebedor");

    private static final Pattern INDEX = Pattern.compile("\"Index Name\": \"(\\w+)\"");
    private static final Pattern WHOLE_TABLE = Pattern.compile("\"Seq Scan\",[^{}]*\"Relation Name\": \"pedidos\"");
    private static final Pattern PARAMETER = Pattern.compile("\\?|(?<![:\\w]):[a-z_]+");

    private final TestSystem system;

    public Plans(TestSystem system) {
        this.system = system;
    }

    /** The names of the statements that look for pedidos by their ids or their receivers. */
    public static List<String> byIdsOrReceivers() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(Path.of("..", "shared", "src", "main", "resources", "sql"))) {
            files.map(file -> file.getFileName().toString().replace(".sql", ""))
                    .filter(name -> !OF_LISTS.contains(name) && !Sql.named(name).contains("{"))
                    .forEach(names::add);
        }
        assertThat(names).contains("finish_lot", "mark_published", "redrive");
        return names;
    }

    /** The plan as JSON. */
    public String of(String name) throws SQLException {
        List<String> parameters = new ArrayList<>();
        String statement = PARAMETER.matcher(Sql.named(name)).replaceAll(found -> {
            // Each ? is another one, each name is one.
            if (found.group().equals("?") || !parameters.contains(found.group())) {
                parameters.add(found.group());
            }
            int place = found.group().equals("?") ? parameters.size() : parameters.indexOf(found.group()) + 1;
            return RootLocale.format("\\$%d", place);
        });
        return system.ledger()
                .jdbi()
                .withHandle(handle -> explained(handle.getConnection(), statement, parameters.size()));
    }

    /** What a plan reads to find pedidos, unless it finds them by their ids or receivers: other indexes, or the whole table. */
    public static List<String> waysAround(String plan) {
        List<String> ways = new ArrayList<>(indexes(plan));
        ways.removeIf(index -> !index.startsWith("pedidos_") || NARROW.contains(index));
        WHOLE_TABLE.matcher(plan).results().forEach(scan -> ways.add("the whole table"));
        return ways;
    }

    /** The indexes of a plan. */
    public static List<String> indexes(String plan) {
        return INDEX.matcher(plan).results().map(found -> found.group(1)).toList();
    }

    /** As the programs' sessions plan it: once, for any parameters. */
    private static String explained(Connection connection, String statement, int parameters) throws SQLException {
        try (var session = connection.createStatement()) {
            session.execute("prepare planned as " + statement);
            try (var row = session.executeQuery("explain (format json) execute planned"
                    + (parameters == 0
                            ? ""
                            : "(" + String.join(", ", Collections.nCopies(parameters, "null")) + ")"))) {
                row.next();
                return row.getString(1);
            } finally {
                session.execute("deallocate planned");
            }
        }
    }
}
