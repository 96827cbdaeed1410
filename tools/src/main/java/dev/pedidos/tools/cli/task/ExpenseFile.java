package dev.pedidos.tools.cli.task;

import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.message.StrictJson;
import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A file of expenses. The API checks the expenses. This only refuses lines that do not have the format.
 *
 * @param itens the JSON of each
 * @param lines the line of each in the file
 */
record ExpenseFile(List<String> itens, List<Integer> lines) {
    private static final String HEADING = "cnpj,valor_centavos";
    private static final String WHOLE_HEADING = HEADING + ",descricao";
    private static final Pattern ITEM = Pattern.compile("itens\\[(\\d{1,5})](.*)");
    /** In quotes, in which a quote is doubled, or without. Possessive, since an alternative in a loop takes stack for each character. */
    private static final Pattern CELL = Pattern.compile("\\G(?:\"([^\"]*+(?:\"\"[^\"]*+)*+)\"|([^\",]*))(,|$)");

    /** Turns a line into the JSON of an expense. */
    private interface LineReader {
        /** @throws IllegalArgumentException with the fault of the line */
        String read(String line);
    }

    /**
     * @throws FaultyLines lines are not of the format that the name of the file says
     * @throws IllegalArgumentException the name says no format
     */
    static ExpenseFile read(Path file) throws IOException, FaultyLines {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        List<String> lines = Files.readString(file, StandardCharsets.UTF_8)
                .replaceFirst("^\uFEFF", "")
                .lines()
                .toList();
        if (name.endsWith(".csv")) {
            return csv(lines);
        }
        if (name.endsWith(".ndjson")) {
            return ndjson(lines);
        }
        throw new IllegalArgumentException("its name must end in .csv or .ndjson");
    }

    private static ExpenseFile ndjson(List<String> lines) throws FaultyLines {
        return read(lines, 0, ExpenseFile::json);
    }

    private static String json(String line) {
        try {
            StrictJson.read(line.strip().getBytes(StandardCharsets.UTF_8));
            return line.strip();
        } catch (MalformedJson e) {
            throw new IllegalArgumentException("is no JSON: " + e.getMessage(), e);
        }
    }

    private static ExpenseFile csv(List<String> lines) throws FaultyLines {
        String heading = lines.isEmpty() ? "" : lines.getFirst().strip();
        if (!heading.equals(HEADING) && !heading.equals(WHOLE_HEADING)) {
            throw new FaultyLines(List.of("line 1 must be " + WHOLE_HEADING));
        }
        String[] names = heading.split(",");
        return read(lines, 1, line -> item(line, names));
    }

    private static ExpenseFile read(List<String> lines, int first, LineReader reader) throws FaultyLines {
        var file = new ExpenseFile(new ArrayList<>(), new ArrayList<>());
        List<String> faults = new ArrayList<>();
        for (int i = first; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    file.itens.add(reader.read(lines.get(i)));
                    file.lines.add(i + 1);
                } catch (IllegalArgumentException e) {
                    faults.add("line " + (i + 1) + " " + e.getMessage());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new FaultyLines(faults);
        }
        return file;
    }

    private static String item(String line, String[] names) {
        List<String> cells = cells(line);
        if (cells.size() > names.length) {
            throw new IllegalArgumentException("has " + cells.size() + " cells");
        }
        var item = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (names[i].equals("valor_centavos") && cell.matches("-?[0-9]{1,18}")) {
                item.put(names[i], Digits.toLong(cell));
            } else if (!cell.isEmpty()) {
                item.put(names[i], cell);
            }
        }
        return item.toString();
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = CELL.matcher(line);
        int end = -1;
        while (end < line.length() && cell.find()) {
            cells.add(
                    cell.group(1) == null
                            ? cell.group(2).strip()
                            : cell.group(1).replace("\"\"", "\""));
            end = cell.group(3).isEmpty() ? line.length() : cell.end();
            if (end == line.length() && !cell.group(3).isEmpty()) {
                cells.add("");
            }
        }
        if (end < line.length()) {
            throw new IllegalArgumentException("has a quote in the wrong place");
        }
        return cells;
    }

    /** The body of the call. */
    String batch() {
        return "{\"itens\":[" + String.join(",", itens) + "]}";
    }

    /** A field of the API's answer, by the line of the file. */
    String named(String field) {
        Matcher item = ITEM.matcher(field);
        if (!item.matches()) {
            return field;
        }
        int index = Digits.toInt(item.group(1));
        return index < lines.size()
                ? "line " + lines.get(index) + ": " + item.group(2).replaceFirst("^\\.", "")
                : field;
    }
}
