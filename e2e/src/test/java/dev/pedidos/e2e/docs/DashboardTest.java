package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard for Grafana. SignalsTest compares the table of metrics with the programs. */
class DashboardTest {

    private static final JsonNode DASHBOARD =
            new JsonMapper().readTree(new RepositoryFile("deploy/grafana/pedidos.json").text());
    private static final Pattern SELECTOR =
            Pattern.compile("(rate\\()?(pedidos_\\w+?)(_count|_sum|_max|_bucket)?\\b(?:\\{(\\w+)=\"([^\"]+)\"})?");
    private static final int COLUMNS = 24;

    @Test
    void everyMetricIsInTheTableWithItsLabelsAndValues() {
        for (JsonNode target : targets()) {
            String expression = target.path("expr").asString();
            for (MatchResult selector : selectors(expression)) {
                var row = row(selector);
                var labels = new ArrayList<>(List.of(row.get(2).split(", ")));
                if ("_bucket".equals(selector.group(3))) {
                    labels.add("le");
                }
                assertThat(labels).as(expression).containsAll(by(expression));
                if (selector.group(4) != null) {
                    assertThat(labels).as(expression).contains(selector.group(4));
                    assertThat(row.get(4)).as(expression).contains("`" + selector.group(5) + "`");
                }
            }
            assertThat(by(expression))
                    .as(expression)
                    .containsAll(
                            found("\\{\\{(\\w+)}}", target.path("legendFormat").asString()));
        }
    }

    @Test
    void countsAreShownAsRatesAndNothingElseIs() {
        for (JsonNode target : targets()) {
            String expression = target.path("expr").asString();
            for (MatchResult selector : selectors(expression)) {
                String type = row(selector).get(1);
                boolean isCount = selector.group(3) == null
                        ? type.equals("counter")
                        : !selector.group(3).equals("_max");
                assertThat(selector.group(1) != null)
                        .as("%s of %s", selector.group(), expression)
                        .isEqualTo(isCount);
                assertThat(selector.group(3) != null)
                        .as("%s is a %s", selector.group(), type)
                        .isEqualTo(type.equals("summary") || type.equals("histogram"));
            }
        }
    }

    @Test
    void everyPanelHasAPlaceOfItsOwnAndTheDataSourceOfTheVariable() {
        var ids = new HashSet<Integer>();
        var cells = new HashSet<List<Integer>>();
        for (JsonNode panel : DASHBOARD.path("panels")) {
            String title = panel.path("title").asString();
            var place = panel.path("gridPos");
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    int column = place.path("x").asInt() + x;
                    assertThat(column).as(title).isLessThan(COLUMNS);
                    assertThat(cells.add(List.of(column, place.path("y").asInt() + y)))
                            .as(title)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void whatIsShownAsOneValueIsTheValueOfNow() {
        assertThat(DASHBOARD.path("panels").values().stream()
                        .filter(panel -> panel.path("type").asString().equals("stat"))
                        .flatMap(panel -> panel.path("targets").values().stream()))
                .isNotEmpty()
                .allSatisfy(target -> {
                    assertThat(target.path("instant").asBoolean(false)).isTrue();
                    assertThat(target.path("range").asBoolean(true)).isFalse();
                });
    }

    /** For each metric of a panel, what a line of it in a scrape looks like. */
    static List<Pattern> seriesOfAllPanels() {
        return targets().stream()
                .flatMap(target -> selectors(target.path("expr").asString()).stream())
                .map(DashboardTest::series)
                .toList();
    }

    private static Pattern series(MatchResult selector) {
        String name = selector.group(2) + (selector.group(3) == null ? "" : selector.group(3));
        String labels =
                selector.group(4) == null ? "[{ ]" : "\\{(.*,)?" + selector.group(4) + "=\"" + selector.group(5) + "\"";
        return Pattern.compile("(?m)^" + name + labels);
    }

    private static List<MatchResult> selectors(String expression) {
        var selectors = SELECTOR.matcher(expression).results().toList();
        assertThat(selectors).as(expression).isNotEmpty();
        return selectors;
    }

    private static List<JsonNode> targets() {
        return DASHBOARD.path("panels").values().stream()
                .flatMap(panel -> panel.path("targets").values().stream())
                .toList();
    }

    private static List<String> row(MatchResult selector) {
        return Markdown.read("docs/signals.md").section("Metrics").rows().stream()
                .filter(row -> row.getFirst().equals("`" + selector.group(2) + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(selector.group() + " is not in docs/signals.md"));
    }

    private static List<String> by(String expression) {
        return found("by \\(([\\w, ]+)\\)", expression).stream()
                .flatMap(labels -> Stream.of(labels.split(", ")))
                .toList();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
