package dev.pedidos.worker.provider;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Reads the members of an answer that are needed. */
final class AnswerMembers {

    private static final int LONGEST = 500;

    private AnswerMembers() {}

    /** A text that is not empty and that the ledger can store. */
    static String text(JsonNode object, String name) throws BrokenAnswer {
        String text = object.path(name).asString("").strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new BrokenAnswer("its " + name + " is missing or cannot be used");
        }
        return text;
    }

    static String upperCase(JsonNode object, String name) throws BrokenAnswer {
        return text(object, name).toUpperCase(Locale.ROOT);
    }

    /** A proxy between here and the provider may mix answers up. An answer that names no CNPJ is taken as it is. */
    static void requireCnpj(JsonNode object, String asked) throws BrokenAnswer {
        if (object.has("cnpj") && !text(object, "cnpj").replaceAll("[./-]", "").equalsIgnoreCase(asked)) {
            throw new BrokenAnswer("it is about another CNPJ");
        }
    }
}
