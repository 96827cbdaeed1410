package dev.pedidos.shared.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the forms of a pedido: the HTTP body, the message body, and the ledger's payload column. Each form
 * can be read back, and {@link PayloadHash} is the same for all.
 */
public final class PedidoCodec {
    /** Whether webhooks of a message may be sent is for the worker that sends them. */
    private static final CallbackHosts ANY_HOST = new CallbackHosts(Set.of(), true);

    private PedidoCodec() {}

    /**
     * Reads a body of POST /pedidos.
     *
     * @param knownTipo asked once, for a tipo of valid form
     * @param callbackHosts the hosts that webhooks may be sent to
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults
     */
    public static Draft readDraft(byte[] body, Predicate<String> knownTipo, CallbackHosts callbackHosts) {
        return new PedidoReader(
                        knownTipo, ReservedTipos.CALLS, BuiltInDados.OF_NEW_PEDIDOS, Limits.GROWN_CHARS, callbackHosts)
                .read(StrictJson.read(body));
    }

    /**
     * Reads a message of an AMQP producer. Its tipo may be one that a call makes.
     *
     * @param callbackHosts the hosts that webhooks may be sent to
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults
     */
    public static Draft readProduced(byte[] body, CallbackHosts callbackHosts) {
        return new PedidoReader(
                        tipo -> true,
                        ReservedTipos.NONE,
                        BuiltInDados.OF_NEW_PEDIDOS,
                        Limits.GROWN_CHARS,
                        callbackHosts)
                .read(StrictJson.read(body));
    }

    /**
     * Reads a pedido that was answered 202 before: rules of today that 0.1.0 or other settings did not have do not apply.
     *
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults
     */
    public static Draft readAccepted(byte[] body) {
        return accepted(body, PedidoReader::read);
    }

    /**
     * Reads a message. Accepts any tipo of valid form, because only a worker knows whether there is a handler.
     *
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults, or without pedido_id
     */
    public static Pedido readMessage(byte[] body) {
        Draft draft = accepted(body, PedidoReader::readWithId);
        String id = draft.pedidoId();
        if (id == null) {
            throw new AssertionError("pedido_id is absent, and no fault");
        }
        return draft.withId(id);
    }

    /** Anybody can publish such a message, so it must be one that we can have written. */
    private static Draft accepted(byte[] body, BiFunction<PedidoReader, JsonNode, Draft> reading) {
        if (body.length > Limits.LARGEST_MESSAGE_BYTES) {
            throw tooLarge("bytes", Limits.LARGEST_MESSAGE_BYTES);
        }
        try {
            var reader = new PedidoReader(
                    tipo -> true,
                    ReservedTipos.NONE,
                    BuiltInDados.OF_ACCEPTED_PEDIDOS,
                    Limits.GROWN_CHARS_EVER,
                    ANY_HOST);
            return reading.apply(reader, StrictJson.readMessage(body));
        } catch (TooManyValues e) {
            throw tooLarge("values", Limits.MESSAGE_VALUES);
        }
    }

    private static InvalidFields tooLarge(String what, int most) {
        return new InvalidFields(List.of(new FieldError("$", "has more than " + most + " " + what)));
    }

    /** The message body: every given field under its contract name. */
    public static byte[] writeMessage(Pedido pedido) {
        return PedidoWriter.message(pedido);
    }

    /**
     * The content in the ledger: {@code {"itens":[...],"dados":{...},"callback_url":"..."}}, each only if given. The
     * other fields have columns of their own.
     */
    public static String writePayload(Pedido pedido) {
        return PedidoWriter.payload(pedido);
    }

    /**
     * Builds the pedido from the ledger's columns. They are not checked: {@link #readDraft} checked them before.
     *
     * @throws MalformedJson the content is missing, or was damaged in the ledger
     */
    public static Pedido fromRow(String pedidoId, String tipo, String recebedorId, String origem, String payload) {
        try {
            return stored(pedidoId, tipo, recebedorId, origem, payload);
        } catch (InvalidMessage e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MalformedJson(
                    "the stored content is no pedido: " + e.getClass().getSimpleName());
        }
    }

    private static Pedido stored(String pedidoId, String tipo, String recebedorId, String origem, String payload) {
        JsonNode root = StrictJson.readStored(payload);
        if (!root.isObject()) {
            throw new MalformedJson("the stored content is no object");
        }
        List<Item> itens = new ArrayList<>();
        for (JsonNode item : root.path("itens")) {
            itens.add(new Item(
                    item.path("sku").stringValue(),
                    item.path("quantidade").longValue(),
                    longOrNull(item.get("preco_centavos"))));
        }
        ObjectNode dados = root.get("dados") instanceof ObjectNode object ? object : null;
        return new Pedido(pedidoId, tipo, recebedorId, origem, itens, dados, textOrNull(root.get("callback_url")));
    }

    private static @Nullable String textOrNull(@Nullable JsonNode value) {
        return value == null ? null : value.stringValue();
    }

    private static @Nullable Long longOrNull(@Nullable JsonNode value) {
        return value == null ? null : (Long) value.longValue();
    }
}
