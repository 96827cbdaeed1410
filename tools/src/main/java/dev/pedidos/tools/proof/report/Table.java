package dev.pedidos.tools.proof.report;

import dev.pedidos.tools.api.JsonField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Rows in columns of the width that they need. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** A row for each entry of a list that the API gave. The columns are named like the fields. */
    public static Table of(Iterable<JsonNode> entries, String... fields) {
        return of(entries, JsonField::text, fields);
    }

    /** @param cell gives the text of a field of an entry */
    public static Table of(Iterable<JsonNode> entries, BiFunction<JsonNode, String, String> cell, String... fields) {
        var table = new Table(fields);
        entries.forEach(entry -> table.add(
                Arrays.stream(fields).map(field -> cell.apply(entry, field)).toArray(String[]::new)));
        return table;
    }

    public void add(String... cells) {
        rows.add(Arrays.stream(cells).map(OneLine::of).toList());
    }

    @Override
    public String toString() {
        int[] widths =
                IntStream.range(0, rows.getFirst().size()).map(this::width).toArray();
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append("  ")
                        .append(row.get(column))
                        .repeat(" ", widths[column] - row.get(column).length());
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
