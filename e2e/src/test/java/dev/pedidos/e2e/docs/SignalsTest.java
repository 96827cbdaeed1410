package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.message.OperationEventType;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.watch.LawWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignalsTest {

    private static final String OPERATION = "OPERACAO_";
    private static final Markdown SIGNALS = Markdown.read("docs/signals.md");

    /** By program. */
    private static final Map<String, String> SCRAPES = new TreeMap<>();

    @BeforeAll
    static void scrapeARunningSystem() throws Exception {
        try (var system = TestSystem.start("signals", Map.of())) {
            var api = new Client(system.api());
            api.text("/readyz");
            Awaitility.await("the shards have been looked at")
                    .until(() -> api.text("/metrics").contains("pedidos_shard_backlog"));
            SCRAPES.put("API", api.text("/metrics"));
            SCRAPES.put("worker", new Client(system.worker()).text("/metrics"));
            SCRAPES.put("verify", metricsOfVerify(system));
        }
    }

    @Test
    void theTableOfMetricsIsWhatTheProgramsGive() {
        var given = new TreeSet<String>();
        SCRAPES.forEach((program, text) -> Scrape.of(text).forEach(metric -> given.add(metric + " " + program)));

        var inTheTable = new TreeSet<String>();
        SIGNALS.section("Metrics")
                .rows()
                .forEach(row -> inTheTable.add(RootLocale.format(
                        "%s %s [%s] %s", row.get(0).replace("`", ""), row.get(1), row.get(2), row.get(3))));
        assertThat(inTheTable).isEqualTo(given);
    }

    @Test
    void theDashboardShowsWhatTheProgramsGive() {
        assertThat(DashboardTest.seriesOfAllPanels())
                .allSatisfy(series -> assertThat(SCRAPES.values())
                        .anySatisfy(text -> assertThat(text).containsPattern(series)));
    }

    /** After its first round. */
    private static String metricsOfVerify(TestSystem system) throws InterruptedException {
        LawWatch.Judge judge = (since, limit) -> {
            try (var snapshot =
                    Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()), limit)) {
                return LedgerLaws.judge(snapshot, AsOf.NOW, since, JudgingLimit.of(limit));
            }
        };
        var rhythm = new LawWatch.Rhythm(Duration.ofMinutes(5), Duration.ofDays(1));
        try (var telemetry = new Telemetry();
                var watch = new LawWatch(judge, rhythm, Optional.empty(), telemetry.registry())) {
            watch.start();
            Awaitility.await("the first round").until(() -> telemetry.scrape().contains("pedidos_verify_seconds"));
            return telemetry.scrape();
        }
    }

    @Test
    void theTableOfEventsIsWhatTheStatementsInsert() throws IOException {
        var inTheTable = new TreeSet<String>();
        SIGNALS.section("Events")
                .rows()
                .forEach(row -> inTheTable.add(Markdown.codes(row.getFirst()).getFirst()));

        assertThat(inTheTable).isEqualTo(inserted());
    }

    /**
     * Words in capitals that a statement inserts as event_type; finish.sql takes two of them from its status
     * parameter. open_operations.sql takes the second half of a few from the event of an operation.
     */
    private static Set<String> inserted() throws IOException {
        var events = new TreeSet<>(List.of("COMPLETED", "REJECTED"));
        try (Stream<Path> files = Files.list(Markdown.REPOSITORY.resolve("shared/src/main/resources/sql"))) {
            for (Path file : files.toList()) {
                String statement = Files.readString(file);
                if (statement.contains("insert into operation_events") || statement.contains("{sql/insert_events}")) {
                    Pattern.compile("select [^(]*?'([A-Z_]+)'|pedido_id, '([A-Z_]+)'")
                            .matcher(statement)
                            .results()
                            .forEach(one -> events.add(one.group(1) == null ? one.group(2) : one.group(1)));
                }
                if (statement.contains(OPERATION + "' || (")) {
                    Arrays.stream(OperationEventType.values()).forEach(type -> events.add(OPERATION + type));
                }
            }
        }
        events.remove(OPERATION);
        return events;
    }
}
