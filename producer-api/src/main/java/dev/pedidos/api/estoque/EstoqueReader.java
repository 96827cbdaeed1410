package dev.pedidos.api.estoque;

import dev.pedidos.shared.ledger.estoque.EstoqueLedger.StockLevel;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.FieldErrors;
import dev.pedidos.shared.message.Fields;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.message.StrictJson;
import dev.pedidos.shared.message.TooManyValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads bodies that set stock. Throws {@link MalformedJson} and {@link InvalidFields}, as for pedidos. */
final class EstoqueReader {

    /**
     * The longest list has three values per entry. Twice as many are read, so that unknown fields are named in the
     * errors.
     */
    private static final int MOST_VALUES = 6 * Limits.ESTOQUE_LIST;

    private EstoqueReader() {}

    /** {@code {"disponivel": n}} for one sku, which stands in the path. */
    static StockLevel readOne(String sku, byte[] body) {
        FieldErrors faults = new FieldErrors();
        if (!Limits.isId(sku)) {
            faults.add("sku", Limits.ID);
        }
        Fields fields = Fields.of("", StrictJson.read(body), Set.of("disponivel"), faults);
        long disponivel = fields == null ? 0 : fields.integer("disponivel", 0, Limits.DISPONIVEL_MAX);
        faults.throwIfAny();
        return new StockLevel(sku, disponivel);
    }

    /** {@code [{"sku","disponivel"}]}, no sku twice. */
    static List<StockLevel> readList(byte[] body) {
        FieldErrors faults = new FieldErrors();
        List<StockLevel> levels = List.of();
        if (!(document(body) instanceof ArrayNode array)) {
            faults.add("$", "must be an array");
        } else if (array.isEmpty() || array.size() > Limits.ESTOQUE_LIST) {
            faults.add("$", "must have 1 to " + Limits.ESTOQUE_LIST + " entries");
        } else {
            levels = levels(array, faults);
        }
        faults.throwIfAny();
        return levels;
    }

    /** Refuses a body with far more values than the longest list: its tree would not fit into memory. */
    private static JsonNode document(byte[] body) {
        try {
            return StrictJson.read(body, MOST_VALUES);
        } catch (TooManyValues e) {
            throw new InvalidFields(
                    List.of(new FieldError("$", "must have 1 to " + Limits.ESTOQUE_LIST + " entries of two fields")));
        }
    }

    private static List<StockLevel> levels(ArrayNode array, FieldErrors faults) {
        Set<String> skus = HashSet.newHashSet(array.size());
        List<StockLevel> levels = new ArrayList<>(array.size());
        int index = 0;
        for (JsonNode value : array) {
            String path = "[" + index++ + "]";
            Fields fields = Fields.of(path, value, Set.of("sku", "disponivel"), faults);
            if (fields == null) {
                continue;
            }
            String sku = fields.id("sku");
            long disponivel = fields.integer("disponivel", 0, Limits.DISPONIVEL_MAX);
            if (sku != null && !skus.add(sku)) {
                fields.fault("sku", "the same sku is in an earlier entry");
            } else if (sku != null) {
                levels.add(new StockLevel(sku, disponivel));
            }
        }
        return levels;
    }
}
