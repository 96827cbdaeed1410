package dev.pedidos.tools.cli.program;

import java.util.Map;

/** The options and parameters by the fields of the API that they set. */
final class OptionNames {
    private static final Map<String, String> OPTIONS = Map.of(
            "motivo", "--motivo",
            "erro_classe", "--erro-classe",
            "tipo", "--tipo",
            "recebedor_id", "--recebedor",
            "desde", "--desde",
            "ate", "--ate",
            "por_segundo", "--rate",
            "limit", "--limit",
            "action", "MOVE");

    private OptionNames() {}

    static String of(String field) {
        return OPTIONS.getOrDefault(field, field);
    }
}
