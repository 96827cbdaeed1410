package dev.pedidos.local.commands;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters. The API checks them. */
final class LetterFilters {

    @Option(names = "--motivo", paramLabel = "M", description = "Given up for this, such as TENTATIVAS_ESGOTADAS.")
    private @Nullable String motivo;

    @Option(names = "--erro-classe", paramLabel = "C", description = "With this class of error.")
    private @Nullable String erroClasse;

    @Option(names = "--tipo", paramLabel = "T", description = "Of this tipo.")
    private @Nullable String tipo;

    @Option(names = "--recebedor", paramLabel = "R", description = "Of this recebedor_id.")
    private @Nullable String recebedor;

    @Option(names = "--desde", paramLabel = "TIME", description = "Failed last then or later; RFC 3339.")
    private @Nullable String desde;

    @Option(names = "--ate", paramLabel = "TIME", description = "Failed last before that; RFC 3339.")
    private @Nullable String ate;

    /** By the names of the API; empty: all. */
    Map<String, String> given() {
        Map<String, String> filters = new LinkedHashMap<>();
        put(filters, "motivo", motivo);
        put(filters, "erro_classe", erroClasse);
        put(filters, "tipo", tipo);
        put(filters, "recebedor_id", recebedor);
        put(filters, "desde", desde);
        put(filters, "ate", ate);
        return filters;
    }

    private static void put(Map<String, String> filters, String name, @Nullable String value) {
        if (value != null) {
            filters.put(name, value);
        }
    }
}
