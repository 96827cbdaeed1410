package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Bash;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules for Prometheus. SignalsTest compares the table of metrics with the programs. */
class AlertsTest {

    @Test
    void everyMetricOfARuleIsInTheTableWithItsLabels() {
        var rows = Markdown.read("docs/signals.md").section("Metrics").rows();
        for (String expression : found("expr: '(.*)'")) {
            var metrics = Pattern.compile("(pedidos_\\w+?)(?:_count)?\\b(?:\\{(\\w+)=\"([^\"]+)\"\\})?")
                    .matcher(expression)
                    .results()
                    .toList();
            assertThat(metrics).as(expression).isNotEmpty();
            for (var metric : metrics) {
                assertThat(rows).as(metric.group()).anySatisfy(row -> {
                    assertThat(row.getFirst()).isEqualTo("`" + metric.group(1) + "`");
                    if (metric.group(2) != null) {
                        assertThat(row.get(2).split(", ")).contains(metric.group(2));
                        assertThat(row.get(4)).contains("`" + metric.group(3) + "`");
                    }
                });
            }
        }
    }

    @Test
    void everyRuleSaysWhatHappenedAndNamesASectionThatExists() {
        var rules = found("alert: (\\w+)");

        assertThat(rules).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        for (String part : List.of("expr: '(.+)'", "summary: \"(.+)\"", "description: \"(.+)\"", "see: \"(.+)\"")) {
            assertThat(found(part)).as(part).hasSameSizeAs(rules);
        }
        for (String see : found("see: \"(.+)\"")) {
            var parts = see.split("#");
            assertThat(Markdown.read(parts[0]).headings())
                    .as(see)
                    .extracting(AlertsTest::anchor)
                    .contains(parts[1]);
        }
    }

    @Test
    void theAlertsThatTheDocumentNamesAreInTheFile() {
        var named = Pattern.compile("\\bPedidos[A-Z]\\w+")
                .matcher(Markdown.read("docs/signals.md").section("Alerts").text())
                .results()
                .map(match -> match.group())
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(found("alert: (\\w+)")).containsAll(named);
    }

    @Test
    void theCopyForOneOfSeveralFleetsReadsOnlyItsMetrics() throws Exception {
        String command =
                Markdown.read("docs/signals.md").section("Alerts").block("sh").replaceFirst(">\\S+\\s*$", "");
        var copied = new Bash(Markdown.REPOSITORY, Map.of()).run(command);

        assertThat(copied.exitCode()).as(copied.output()).isZero();
        var rules = new RepositoryFile("deploy/prometheus/rules.yaml").text();
        String label = "        labels: {fleet: production}\n";
        assertThat(copied.output().split(Pattern.quote(label)))
                .hasSize(found("alert: (\\w+)").size() + 1);
        String unlabelled = copied.output().replace(label, "");
        assertThat(unlabelled.replaceAll("\\{namespace=\"production\"}|namespace=\"production\",", ""))
                .isEqualToIgnoringWhitespace(rules);
        assertThat(unlabelled.lines().filter(line -> line.contains(" expr:")))
                .allSatisfy(line -> assertThat(line.replaceAll("pedidos_[a-z_]+\\{namespace=\"production\"[,}]", ""))
                        .doesNotContain("pedidos_"));
    }

    /** Until then a verify that has just started shows no moment. */
    @Test
    void noMissingMomentIsAnAlertBeforeTheLongestRoundCanHaveEnded() {
        assertThat(found("expr: 'absent\\(.*pedidos_verify_judged.*\\)'\\s+for: (\\d+)m"))
                .isNotEmpty()
                .allSatisfy(minutes -> assertThat(Integer.parseInt(minutes)).isGreaterThan(60));
        assertThat(found("expr: '(.*)'"))
                .noneMatch(expression -> expression.contains("absent(") && expression.contains(" or "));
    }

    private static String anchor(String heading) {
        return heading.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w -]", "")
                .replace(' ', '-');
    }

    private static List<String> found(String pattern) {
        return new RepositoryFile("deploy/prometheus/rules.yaml").found(pattern);
    }
}
