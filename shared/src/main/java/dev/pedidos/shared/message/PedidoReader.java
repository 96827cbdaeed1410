package dev.pedidos.shared.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a parsed body into a {@link Draft}: checks every rule of the contract's table and reports all faults together.
 */
final class PedidoReader {
    private static final String ID = "pedido_id";
    private static final String CALLBACK = "callback_url";
    static final Set<String> FIELDS = Set.of(ID, "tipo", "recebedor_id", "origem", "itens", "dados", CALLBACK);
    static final Set<String> ITEM_FIELDS = Set.of("sku", "quantidade", "preco_centavos");
    static final String DEFAULT_TIPO = BuiltInTipos.PEDIDO;

    private final FieldErrors faults = new FieldErrors();
    private final Predicate<String> knownTipo;
    private final Map<String, String> reserved;
    private final Map<String, BuiltInDados.Reader> builtIn;
    private final long mostGrownChars;
    private final CallbackHosts callbackHosts;

    /**
     * @param reserved {@link ReservedTipos}
     * @param builtIn {@link BuiltInDados}
     * @param mostGrownChars the most characters that the numbers in dados may grow by when the ledger writes them
     * @param callbackHosts the hosts that callback_url may name
     */
    PedidoReader(
            Predicate<String> knownTipo,
            Map<String, String> reserved,
            Map<String, BuiltInDados.Reader> builtIn,
            long mostGrownChars,
            CallbackHosts callbackHosts) {
        this.knownTipo = knownTipo;
        this.reserved = reserved;
        this.builtIn = builtIn;
        this.mostGrownChars = mostGrownChars;
        this.callbackHosts = callbackHosts;
    }

    /** The pedido may be without an id; it is given one later. */
    Draft read(JsonNode body) {
        return read(body, fields -> fields.has(ID) ? fields.id(ID) : null);
    }

    Draft readWithId(JsonNode body) {
        return read(body, fields -> fields.id(ID));
    }

    private Draft read(JsonNode body, Function<Fields, @Nullable String> id) {
        Fields fields = Fields.of("", body, FIELDS, faults);
        if (fields == null) {
            faults.throwIfAny();
            throw new AssertionError("no object, and no fault");
        }
        String pedidoId = id.apply(fields);
        String tipo = tipo(fields);
        if (pedidoId != null && ReservedTipos.anyMakes(reserved.keySet(), pedidoId)) {
            fields.fault(ID, ReservedTipos.DEMAND);
        }
        String recebedorId = fields.id("recebedor_id");
        String origem = fields.oneOf("origem", Limits.ORIGENS);
        List<Item> itens = fields.has("itens") || DEFAULT_TIPO.equals(tipo) ? itens(fields) : List.of();
        BuiltInDados.Reader own = tipo == null ? null : builtIn.get(tipo);
        ObjectNode dados = fields.has("dados") || own != null ? dados(fields, own) : null;
        String callbackUrl = fields.has(CALLBACK) ? callbackUrl(fields, callbackHosts) : null;
        if (callbackUrl != null && tipo != null && ReservedTipos.CALLS.containsKey(tipo)) {
            fields.fault(CALLBACK, "must not be given for this tipo");
        }
        faults.throwIfAny();
        if (tipo == null || recebedorId == null || origem == null) {
            throw new AssertionError("a required field is absent, and no fault");
        }
        return new Draft(pedidoId, tipo, recebedorId, origem, itens, dados, callbackUrl);
    }

    private @Nullable String tipo(Fields fields) {
        String tipo = fields.has("tipo") ? fields.id("tipo") : DEFAULT_TIPO;
        String call = tipo == null ? null : reserved.get(tipo);
        if (call != null) {
            fields.fault("tipo", "is reserved: use " + call);
        } else if (tipo != null && !knownTipo.test(tipo)) {
            fields.fault("tipo", "no worker has registered this tipo");
        }
        return tipo;
    }

    /** Null, with the fault recorded, if webhooks cannot be sent there. */
    static @Nullable String callbackUrl(Fields fields, CallbackHosts hosts) {
        String url = fields.text(CALLBACK, CallbackUrl::isValid, CallbackUrl.DEMAND);
        if (url != null && !hosts.allow(url)) {
            fields.fault(CALLBACK, CallbackHosts.DEMAND);
            return null;
        }
        return url;
    }

    private List<Item> itens(Fields fields) {
        JsonNode value = fields.required("itens");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array)) {
            fields.fault("itens", "must be an array");
            return List.of();
        }
        if (array.isEmpty() || array.size() > Limits.ITENS) {
            fields.fault("itens", "must have 1 to " + Limits.ITENS + " itens");
        }
        int size = Math.min(array.size(), Limits.ITENS);
        List<Item> itens = new ArrayList<>(size);
        Set<String> skus = HashSet.newHashSet(size);
        for (int i = 0; i < size; i++) {
            Item item = item(i, array.get(i));
            if (item != null) {
                if (!skus.add(item.sku())) {
                    faults.add("itens[" + i + "].sku", "the same sku is in an earlier item");
                }
                itens.add(item);
            }
        }
        return itens;
    }

    private @Nullable Item item(int index, JsonNode value) {
        Fields fields = Fields.of("itens[" + index + "]", value, ITEM_FIELDS, faults);
        if (fields == null) {
            return null;
        }
        String sku = fields.id("sku");
        long quantidade = fields.integer("quantidade", Limits.QUANTIDADE_MIN, Limits.QUANTIDADE_MAX);
        Long preco = fields.has("preco_centavos")
                ? (Long) fields.integer("preco_centavos", 0, Limits.PRECO_CENTAVOS_MAX)
                : null;
        return sku == null ? null : new Item(sku, quantidade, preco);
    }

    private @Nullable ObjectNode dados(Fields fields, BuiltInDados.@Nullable Reader own) {
        JsonNode value = fields.required("dados");
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode dados)) {
            fields.fault("dados", "must be an object");
            return null;
        }
        if (own != null) {
            return own.read(dados, faults);
        }
        DadosCheck.check("dados", dados, mostGrownChars, faults);
        return dados;
    }
}
