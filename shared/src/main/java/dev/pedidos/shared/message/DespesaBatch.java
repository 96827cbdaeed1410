package dev.pedidos.shared.message;

import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A batch of expenses, which becomes a task. Each item becomes a pedido.
 *
 * @param callbackUrl where the webhook of the task's end goes; null if not given
 */
public record DespesaBatch(List<Despesa> itens, @Nullable String callbackUrl) {
    private static final Set<String> FIELDS = Set.of("itens", "callback_url");
    /** The longest batch has four values per item. Twice as many are read, so that unknown fields are named. */
    private static final int MOST_VALUES = 8 * Limits.DESPESAS;

    private static final String COUNT = "must have 1 to " + Limits.DESPESAS + " itens";
    /** Part of every hash that is stored: another form needs another version. */
    private static final String VERSION = "tarefa/1";

    /**
     * Reads a body of {@code POST /batch-expenses}.
     *
     * @param callbackHosts the hosts that webhooks may be sent to
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults: all of them
     */
    public static DespesaBatch read(byte[] body, CallbackHosts callbackHosts) {
        var faults = new FieldErrors();
        Fields fields = Fields.of("", document(body), FIELDS, faults);
        List<Despesa> itens = fields == null ? List.of() : itens(fields, faults);
        String callbackUrl =
                fields != null && fields.has("callback_url") ? PedidoReader.callbackUrl(fields, callbackHosts) : null;
        faults.throwIfAny();
        return new DespesaBatch(itens, callbackUrl);
    }

    private static JsonNode document(byte[] body) {
        try {
            return StrictJson.read(body, MOST_VALUES);
        } catch (TooManyValues e) {
            throw new InvalidFields(List.of(new FieldError("itens", COUNT)));
        }
    }

    private static List<Despesa> itens(Fields fields, FieldErrors faults) {
        JsonNode value = fields.required("itens");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array)) {
            fields.fault("itens", "must be an array");
            return List.of();
        }
        if (array.isEmpty() || array.size() > Limits.DESPESAS) {
            fields.fault("itens", COUNT);
            return List.of();
        }
        List<Despesa> itens = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            @Nullable Despesa item = Despesa.read("itens[" + i + "]", array.get(i), faults);
            if (item != null) {
                itens.add(item);
            }
        }
        return itens;
    }

    /** The pedidos of its items; the number of the first is 1. */
    public List<Pedido> pedidos(String taskId) {
        return IntStream.range(0, itens.size())
                .mapToObj(i -> itens.get(i).pedido(itemId(taskId, i + 1)))
                .toList();
    }

    /** V13__tasks.sql takes it apart. */
    public static String itemId(String taskId, int n) {
        return taskId + ":" + n;
    }

    /**
     * Two batches have the same hash exactly if they have the same items in the same order and the same callback_url.
     */
    public static byte[] contentHash(List<byte[]> hashesOfItens, @Nullable String callbackUrl) {
        MessageDigest digest = Sha256.digest();
        digest.update(VERSION.getBytes(StandardCharsets.UTF_8));
        hashesOfItens.forEach(digest::update);
        if (callbackUrl != null) {
            digest.update(callbackUrl.getBytes(StandardCharsets.UTF_8));
        }
        return digest.digest();
    }
}
