package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LawTest {
    private static final Pattern READ = Pattern.compile("(?:from|join)\\s+([a-z_]\\w*)(?!\\w*\\s*[.(])");
    private static final Pattern DEFINED =
            Pattern.compile("(?:with|,|^)\\s*(\\w+)(?: \\(\\w+\\))? as (?:not )?(?:materialized )?\\(");

    @Test
    void everyFileIsALawThatIsChecked() throws Exception {
        Path folder = Path.of(Law.class.getResource("/laws/replay.sql").toURI()).getParent();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Law.ALL.stream().map(Law::name).toList());
        }
    }

    @Test
    void everyLawSaysInItsFirstLineWhatItDemands() {
        assertThat(Law.ALL).allSatisfy(law -> assertThat(law.counted()).startsWith("-- "));
    }

    @Test
    void aLawReadsNoTableSoItCanBeJudgedForAChangeAlone() {
        assertThat(Law.ALL).allSatisfy(law -> {
            assertReadsOnlyTheScope(law.counted());
            assertReadsOnlyTheScope(law.violations());
        });
        assertReadsOnlyTheScope(Sql.read(Law.class, "/operations/history.sql"));
    }

    @Test
    void theChangeDefinesEachNameButThoseThatNeedTheWholeLedger() {
        var everything = found(DEFINED, Scope.EVERYTHING.definitions());
        everything.removeAll(Set.of("judged_estoque", "judged_webhooks"));
        var changes = found(DEFINED, Scope.changedAfter(1).definitions());

        assertThat(changes).containsAll(everything);
    }

    private static void assertReadsOnlyTheScope(String statement) {
        String sql =
                statement.lines().filter(line -> !line.strip().startsWith("--")).reduce("", (a, b) -> a + "\n" + b);
        var read = found(READ, sql);
        read.removeAll(found(DEFINED, sql));
        read.removeAll(found(DEFINED, Scope.EVERYTHING.definitions()));
        read.remove("lateral");
        assertThat(read).as(sql).isEmpty();
    }

    private static Set<String> found(Pattern pattern, String text) {
        var names = new TreeSet<String>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }
}
