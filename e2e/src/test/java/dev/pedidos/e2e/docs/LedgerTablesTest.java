package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.message.OperationEventType;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.EventVerdict;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.OperationStatus;
import dev.pedidos.shared.operation.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LedgerTablesTest {

    private static final Path RESOURCES = Markdown.REPOSITORY.resolve("shared/src/main/resources");
    private static final Pattern CHANGES_RELAY_AT = Pattern.compile("(?<![.\\w])relay_at = |insert into pedidos\\b");
    private static final Markdown LIFECYCLE = Markdown.read("docs/lifecycle.md");

    @Test
    void everyTableOfTheMigrationsIsDescribed() throws IOException {
        assertThat(Markdown.read("docs/architecture.md").section("The ledger").firstCodes())
                .isEqualTo(found("create table (\\w+)(?!\\w*\\.)", RESOURCES.resolve("db/migration")));
    }

    @Test
    void everyStateIsDescribedAndTheDiagramKnowsNoOther() {
        var states = new TreeSet<>(
                Arrays.stream(PedidoStatus.values()).map(PedidoStatus::name).toList());

        assertThat(LIFECYCLE.section("States").firstCodes()).isEqualTo(states);
        Pattern.compile("[A-Z_]{3,}(?= -->)|(?<=--> )[A-Z_]{3,}")
                .matcher(LIFECYCLE.section("States").block("mermaid"))
                .results()
                .forEach(state -> assertThat(states).contains(state.group()));
    }

    @Test
    void everyTransitionIsMadeByTheStatementThatIsNamed() throws IOException {
        for (var row : LIFECYCLE.section("Transitions").rows()) {
            String event = Markdown.codes(row.get(1)).getFirst();
            String statement = Sql.named(Markdown.codes(row.get(3)).getFirst().replace(".sql", ""));
            boolean given = statement.contains("set status = ?");
            assertThat(given || statement.contains("'" + event + "'")).as(event).isTrue();
        }
    }

    @Test
    void theDecisionsAreThoseOfTheCode() throws IOException {
        assertThat(LIFECYCLE.section("Decisions about a delivery").firstCodes())
                .isEqualTo(Sources.constants("Decision"));
    }

    @Test
    void everyStatementThatChangesTheTimeOfTheRelayStandsInItsSchedule() throws IOException {
        var changing = new TreeSet<String>();
        try (Stream<Path> statements = Files.list(RESOURCES.resolve("sql"))) {
            for (Path statement : statements.toList()) {
                if (CHANGES_RELAY_AT.matcher(Files.readString(statement)).find()) {
                    changing.add(statement.getFileName().toString());
                }
            }
        }
        assertThat(Markdown.codes(LIFECYCLE.section("The relay's schedule").text()))
                .containsAll(changing);
    }

    @Test
    void theTableOfOperationsIsTheStateMachine() {
        var rows = LIFECYCLE.section("Operations").rows();
        assertThat(rows).hasSameSizeAs(OperationStatus.values());
        for (var row : rows) {
            var status = OperationStatus.valueOf(Markdown.codes(row.getFirst()).getFirst());
            var cells = row.stream().skip(1).map(cell -> cell.replace("`", ""));
            assertThat(cells)
                    .as(status.name())
                    .containsExactlyElementsOf(Arrays.stream(OperationEventType.values())
                            .map(type -> cell(status, type))
                            .toList());
        }
    }

    private static String cell(OperationStatus status, OperationEventType type) {
        return switch (new Operation(status, 1, 1, null).judge(new Entry(type, "", 0, null))) {
            case EventVerdict.Applied(Operation after) -> after.status().name();
            case EventVerdict.Waiting() -> "waits";
            case EventVerdict.Refused(Refusal why) -> why.name();
        };
    }

    private static Set<String> found(String pattern, Path folder) throws IOException {
        var all = new TreeSet<String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Pattern.compile(pattern)
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(one -> all.add(one.group(1)));
            }
        }
        return all;
    }
}
