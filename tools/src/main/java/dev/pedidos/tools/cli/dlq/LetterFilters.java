package dev.pedidos.tools.cli.dlq;

import dev.pedidos.tools.cli.options.MomentConverter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects dead letters; the API checks the values. */
final class LetterFilters {

    @Option(names = "--motivo", paramLabel = "M", description = "With this motivo, such as TENTATIVAS_ESGOTADAS.")
    private @Nullable String motivo;

    @Option(names = "--erro-classe", paramLabel = "C", description = "Whose last error is of this class.")
    private @Nullable String erroClasse;

    @Option(names = "--tipo", paramLabel = "T", description = "With this tipo.")
    private @Nullable String tipo;

    @Option(names = "--recebedor", paramLabel = "R", description = "With this recebedor_id.")
    private @Nullable String recebedor;

    @Option(
            names = "--desde",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "Last failure at this time or later, such as 2026-11-26T14:00:00Z.")
    private @Nullable Instant desde;

    @Option(
            names = "--ate",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description = "Last failure before this time, such as 2026-11-26T14:00:00Z.")
    private @Nullable Instant ate;

    /** By the API's names; empty selects all. */
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

    private static void put(Map<String, String> filters, String name, @Nullable Object value) {
        if (value != null) {
            filters.put(name, value.toString());
        }
    }
}
