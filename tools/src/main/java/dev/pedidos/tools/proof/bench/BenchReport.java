package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The figures of all rounds: the median of each, with its range. */
public final class BenchReport {
    private final Map<String, String> conditions;
    private final List<Map<String, Double>> rounds = new ArrayList<>();

    /** @param conditions versions, flags and the machine, by name */
    public BenchReport(Map<String, String> conditions) {
        this.conditions = Map.copyOf(conditions);
    }

    void add(RoundFigures round) {
        rounds.add(round.values());
    }

    /** As a table. */
    public String text() {
        var table = new Table("figure", "median", "lowest", "highest");
        for (String name : names()) {
            var values = values(name);
            table.add(name, number(median(values)), number(values.getFirst()), number(values.getLast()));
        }
        return table.toString();
    }

    /** All rounds, medians and conditions. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        conditions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> json.withObject("/conditions").put(each.getKey(), each.getValue()));
        names().forEach(name -> json.withObject("/medians").put(name, median(values(name))));
        var list = json.putArray("rounds");
        for (var round : rounds) {
            var entry = list.addObject();
            round.forEach(entry::put);
        }
        return json;
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rounds.forEach(round -> names.addAll(round.keySet()));
        return names;
    }

    private List<Double> values(String name) {
        return rounds.stream()
                .flatMap(round -> Stream.ofNullable(round.get(name)))
                .sorted()
                .toList();
    }

    /** The lower one of the middle two. */
    private static double median(List<Double> sorted) {
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static String number(double value) {
        return RootLocale.format(value < 10 ? "%,.1f" : "%,.0f", value);
    }
}
