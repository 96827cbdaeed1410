package dev.pedidos.shared.config;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A choice that may differ by tipo: {@code hold} for all, or {@code pedido=hold,despesa=continue} for these, with the
 * default for all others.
 */
public record PerTipo(String otherwise, Map<String, String> byTipo) {

    private static final Pattern TIPO = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    public PerTipo {
        byTipo = Map.copyOf(byTipo);
    }

    static PerTipo parse(String text, String otherwise) {
        if (!text.contains("=")) {
            return new PerTipo(text, Map.of());
        }
        Map<String, String> byTipo = new HashMap<>();
        for (String choice : text.split(",", -1)) {
            String[] parts = choice.split("=", 2);
            byTipo.put(parts[0].strip(), parts[1].strip());
        }
        return new PerTipo(otherwise, byTipo);
    }

    static boolean isValid(String text, Set<String> values) {
        if (values.contains(text)) {
            return true;
        }
        Set<String> tipos = new HashSet<>();
        return Arrays.stream(text.split(",", -1))
                .map(choice -> choice.split("=", 2))
                .allMatch(parts -> parts.length == 2
                        && TIPO.matcher(parts[0].strip()).matches()
                        && tipos.add(parts[0].strip())
                        && values.contains(parts[1].strip()));
    }

    boolean is(String choice, String tipo) {
        return byTipo.getOrDefault(tipo, otherwise).equals(choice);
    }
}
