package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
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
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How statements are planned with statistics from an hour when nothing waited and nothing was dead: decision 0061. The index of
 * waiting pedidos then seems to be empty, so the planner takes it. When a backlog comes, it is read from end to end for each row.
 */
class PlansTest {

    /** Those that read lists. */
    private static final Set<String> OF_LISTS = Set.of(
            "archive_due",
            "archive_lists",
            "bring_forward",
            "claim_for_relay",
            "dead_letter_counts",
            "dead_letters_newest",
            "fleet_answer",
            "fleet_counts",
            "left_to_recover",
            "published_letters",
            "state_columns",
            "to_recover");

    /** The indexes that begin with the id or with the receiver. */
    private static final Set<String> NARROW = Set.of(
            "pedidos_pkey",
            "pedidos_in_line",
            "pedidos_late",
            "pedidos_held",
            "pedidos_begun",
            "pedidos_newest_of_recebedor");

    private static final Pattern INDEX = Pattern.compile("\"Index Name\": \"(\\w+)\"");
    private static final Pattern PARAMETER = Pattern.compile("\\?|(?<![:\\w]):[a-z_]+");

    private static TestSystem system;

    @BeforeAll
    static void anHourWhenNothingWaited() throws Exception {
        system = TestSystem.start("plans", Map.of());
        system.migrate();
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash)"
                + " select 'p-' || n, n, 'pedido', 'r-' || n % 1000, 'web', 'COMPLETED', '{}', ''"
                + " from generate_series(1, 20000) n");
        system.alter("insert into webhooks (tipo, pedido_id, url, endpoint, corpo, status, terminado_em)"
                + " select 'pedido.completed', 'p-' || n, 'http://x', 'x', '{}', 'DELIVERED', now()"
                + " from generate_series(1, 20000) n");
        system.alter("analyze");
    }

    @AfterAll
    static void close() {
        system.close();
    }

    @Test
    void pedidosAreFoundByTheirIdsOrTheirReceivers() throws Exception {
        for (String name : statements()) {
            String plan = plan(name);
            assertThat(INDEX.matcher(plan).results().map(found -> found.group(1)))
                    .as(name)
                    .filteredOn(index -> index.startsWith("pedidos_"))
                    .isSubsetOf(NARROW);
            assertThat(plan).as(name).doesNotContainPattern("\"Seq Scan\",[^{}]*\"Relation Name\": \"pedidos\"");
        }
    }

    @Test
    void webhooksAreFoundByTheirIdsOnceTheyAreChosen() throws Exception {
        assertThat(INDEX.matcher(plan("webhook_claim")).results().map(found -> found.group(1)))
                .containsOnlyOnce("webhooks_due");
    }

    /** That index has the finished pedidos, too. */
    @Test
    void noStatementButNoteLooksForTheNewestPedidoOfAReceiver() throws Exception {
        for (String name : statements()) {
            if (!name.equals("note")) {
                assertThat(plan(name)).as(name).doesNotContain("pedidos_newest_of_recebedor");
            }
        }
    }

    private static List<String> statements() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(Path.of("..", "shared", "src", "main", "resources", "sql"))) {
            files.map(file -> file.getFileName().toString().replace(".sql", ""))
                    .filter(name -> !OF_LISTS.contains(name) && !Sql.named(name).contains("{"))
                    .forEach(names::add);
        }
        assertThat(names).contains("finish_lot", "mark_published", "redrive");
        return names;
    }

    private static String plan(String name) throws SQLException {
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
