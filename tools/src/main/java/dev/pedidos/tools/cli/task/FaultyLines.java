package dev.pedidos.tools.cli.task;

import java.util.List;

/** Lines of a file that do not have its format, each with its number and its fault. */
final class FaultyLines extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines;

    FaultyLines(List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
    }

    List<String> lines() {
        return lines;
    }
}
