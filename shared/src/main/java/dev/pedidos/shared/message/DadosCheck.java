package dev.pedidos.shared.message;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds values in free-form JSON that PostgreSQL's jsonb would refuse, so that a pedido answered 202 is never refused
 * by the ledger. Also finds numbers that jsonb would make much longer: it writes 1e308 with 309 digits.
 */
final class DadosCheck {
    /** Each is named by its path, which may be long: thousands of them would take many times the memory of the body. */
    private static final int MOST_FAULTS = 100;

    private final FieldErrors faults;
    private final StringBuilder path;
    private int found;
    private long grownChars;

    private DadosCheck(FieldErrors faults, String root) {
        this.faults = faults;
        this.path = new StringBuilder(root);
    }

    /** @param mostGrownChars the most characters that all numbers together may grow by when they are written in full */
    static void check(String root, ObjectNode dados, long mostGrownChars, FieldErrors faults) {
        var check = new DadosCheck(faults, root);
        check.visit(dados);
        if (check.grownChars > mostGrownChars) {
            faults.add(
                    root,
                    "its numbers are too large: written without exponents they are more than " + mostGrownChars
                            + " characters longer");
        }
    }

    private void visit(JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    int length = path.length();
                    path.append('.').append(entry.getKey());
                    text(entry.getKey(), "its name ");
                    visit(entry.getValue());
                    path.setLength(length);
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    int length = path.length();
                    path.append('[').append(i).append(']');
                    visit(array.get(i));
                    path.setLength(length);
                }
            }
            case JsonNode string when string.isString() -> text(string.stringValue(), "");
            case JsonNode number when number.isNumber() -> number(number);
            case JsonNode other -> {}
        }
    }

    private void number(JsonNode number) {
        if (number.isInt() || number.isLong()) {
            return;
        }
        if (Limits.isStorable(number.decimalValue())) {
            grownChars += Limits.zerosWrittenOut(number.decimalValue());
        } else {
            fault("number too large, too small or with too many digits");
        }
    }

    private void fault(String message) {
        found++;
        if (found <= MOST_FAULTS) {
            faults.add(path.toString(), message);
        }
    }

    private void text(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                fault(what + "must not contain U+0000");
                return;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    fault(what + "must not contain half a surrogate pair");
                    return;
                }
                i++;
            }
        }
    }
}
