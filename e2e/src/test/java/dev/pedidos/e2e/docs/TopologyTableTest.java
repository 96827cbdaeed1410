package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopologyTableTest {

    private static final Topology TOPOLOGY = new Topology("", number(Settings.SHARDS), ladder());
    private static final List<List<String>> ROWS =
            Markdown.read("docs/architecture.md").section("AMQP topology").rows();

    @Test
    void everyExchangeIsInTheTableWithItsType() {
        Map<String, String> expected = new TreeMap<>();
        TOPOLOGY.exchanges().forEach(exchange -> expected.put(exchange.name(), exchange.type()));

        assertThat(inTheTable(row -> !row.get(1).startsWith("`"))).isEqualTo(expected);
    }

    @Test
    void everyQueueIsInTheTableWithItsArguments() {
        Map<String, String> expected = new TreeMap<>();
        TOPOLOGY.queues().forEach(queue -> expected.put(queue.name(), arguments(queue.arguments())));

        var inTheTable = inTheTable(row -> row.get(1).startsWith("`"));
        inTheTable.replaceAll((name, cell) -> Markdown.codes(cell).stream()
                .map(argument -> argument.equals("x-message-ttl=<ms>") ? "x-message-ttl=" + millis(name) : argument)
                .sorted()
                .collect(Collectors.joining(" ")));
        assertThat(inTheTable).isEqualTo(expected);
    }

    private static String arguments(Map<String, Object> arguments) {
        return new TreeMap<>(arguments)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" "));
    }

    private interface Choice {
        boolean takes(List<String> row);
    }

    /** Rows by name; "first ... last" stands for all names with the same beginning. */
    private static Map<String, String> inTheTable(Choice choice) {
        Map<String, String> all = new TreeMap<>();
        for (var row : ROWS) {
            var names = Markdown.codes(row.getFirst());
            if (choice.takes(row)) {
                (names.size() == 1 ? names : expanded(names)).forEach(name -> all.put(name, row.get(1)));
            }
        }
        return all;
    }

    private static List<String> expanded(List<String> firstAndLast) {
        String stem = firstAndLast.getFirst().replaceFirst("\\d+s?$", "");
        var numbers = stem.contains("retry")
                ? TOPOLOGY.ladder().delays().stream()
                        .map(delay -> delay.toSeconds() + "s")
                        .toList()
                : java.util.stream.IntStream.range(0, TOPOLOGY.shards())
                        .mapToObj(shard -> RootLocale.format("%02d", shard))
                        .toList();
        var names = numbers.stream().map(stem::concat).toList();
        assertThat(List.of(names.getFirst(), names.getLast())).isEqualTo(firstAndLast);
        return names;
    }

    private static long millis(String queue) {
        return Duration.ofSeconds(Long.parseLong(queue.replaceAll("\\D", ""))).toMillis();
    }

    private static RetryLadder ladder() {
        return RetryLadder.doubling(
                Duration.ofMillis(number(Settings.RETRY_BASE_MS)), Duration.ofMillis(number(Settings.RETRY_MAX_MS)));
    }

    private static int number(dev.pedidos.shared.config.Setting setting) {
        return new Env(Map.of()).integer(setting);
    }
}
