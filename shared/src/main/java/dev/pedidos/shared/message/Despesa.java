package dev.pedidos.shared.message;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An expense. As a pedido of tipo {@value #TIPO} it is the dados; in a batch it is an item.
 *
 * @param cnpj without marks
 */
public record Despesa(
        String cnpj, long valorCentavos, @Nullable String descricao) {
    public static final String TIPO = "despesa";

    private static final String ORIGEM = "api";
    static final Set<String> FIELDS = Set.of("cnpj", "valor_centavos", "descricao");

    /**
     * Reads the expense that a pedido carries.
     *
     * @throws InvalidFields the dados are no expense
     */
    public static Despesa of(Pedido pedido) {
        var faults = new FieldErrors();
        ObjectNode dados = pedido.dados();
        Despesa despesa = null;
        if (dados == null) {
            faults.add("dados", "is required");
        } else {
            despesa = read("dados", dados, faults);
        }
        faults.throwIfAny();
        if (despesa == null) {
            throw new AssertionError("neither an expense nor a fault");
        }
        return despesa;
    }

    /** Null, with the faults recorded, if it is no expense. */
    static @Nullable Despesa read(String path, JsonNode value, FieldErrors faults) {
        Fields fields = Fields.of(path, value, FIELDS, faults);
        if (fields == null) {
            return null;
        }
        String given = fields.text("cnpj", text -> Cnpj.parse(text).isPresent(), Cnpj.DEMAND);
        long valor = fields.integer("valor_centavos", 0, Limits.PRECO_CENTAVOS_MAX);
        String descricao =
                fields.has("descricao") ? fields.text("descricao", Limits::isShortText, Limits.SHORT_TEXT) : null;
        return given == null
                ? null
                : new Despesa(Cnpj.parse(given).map(Cnpj::number).orElseThrow(), valor, descricao);
    }

    /** The pedido as which an item of a batch is accepted. */
    Pedido pedido(String pedidoId) {
        return new Pedido(pedidoId, TIPO, cnpj, ORIGEM, List.of(), dados());
    }

    ObjectNode dados() {
        ObjectNode dados = JsonNodeFactory.instance.objectNode();
        dados.put("cnpj", cnpj).put("valor_centavos", valorCentavos);
        if (descricao != null) {
            dados.put("descricao", descricao);
        }
        return dados;
    }
}
