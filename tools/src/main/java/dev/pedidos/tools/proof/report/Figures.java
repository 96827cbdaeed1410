package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lines of name, value and source, in columns. */
public final class Figures {
    private record Line(String name, String value, String source) {}

    private final List<Line> lines = new ArrayList<>();

    public Figures count(String name, long value, String source) {
        return text(name, grouped(value), source);
    }

    public Figures rate(String name, double perSecond, String source) {
        return text(name, grouped(Math.round(perSecond)) + "/s", source);
    }

    public Figures time(String name, Duration value, String source) {
        double millis = value.toNanos() / 1e6;
        return text(name, RootLocale.format(millis < 100 ? "%,.1f ms" : "%,.0f ms", millis), source);
    }

    public Figures text(String name, String value, String source) {
        lines.add(new Line(name, value, source));
        return this;
    }

    @Override
    public String toString() {
        int names = lines.stream().mapToInt(line -> line.name().length()).max().orElse(0);
        int values =
                lines.stream().mapToInt(line -> line.value().length()).max().orElse(0);
        var text = new StringBuilder();
        for (Line line : lines) {
            text.append(RootLocale.format(
                            RootLocale.format("  %%-%ds  %%%ds  %%s", names, values),
                            line.name(),
                            line.value(),
                            line.source())
                    .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    public static String grouped(long value) {
        return RootLocale.format("%,d", value);
    }
}
