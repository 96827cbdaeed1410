package dev.pedidos.e2e.docs;

import dev.pedidos.shared.text.RootLocale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Our metrics in a text in Prometheus' format. */
final class Scrape {

    private static final Pattern TYPE = Pattern.compile("# TYPE (pedidos_\\w+) (\\w+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private Scrape() {}

    /** Each as {@code name type [label, label]}; the {@code _max} of a summary or histogram belongs to it. */
    static Set<String> of(String text) {
        var types = new TreeMap<String, String>();
        TYPE.matcher(text).results().forEach(found -> types.put(found.group(1), found.group(2)));
        types.keySet()
                .removeIf(name -> name.endsWith("_max") && types.containsKey(name.substring(0, name.length() - 4)));
        var all = new TreeSet<String>();
        types.forEach((name, type) ->
                all.add(RootLocale.format("%s %s [%s]", name, type, String.join(", ", labels(text, name)))));
        return all;
    }

    private static Set<String> labels(String text, String name) {
        var labels = new TreeSet<String>();
        text.lines()
                .filter(line -> line.matches(name + "(_count|_sum)?[{ ].*"))
                .forEach(line -> LABEL.matcher(line).results().forEach(found -> labels.add(found.group(1))));
        return labels;
    }
}
