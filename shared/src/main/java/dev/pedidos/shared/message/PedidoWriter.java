package dev.pedidos.shared.message;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes pedidos as a stream of tokens, without reflection. */
final class PedidoWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_SIZE = 512;
    private static final int USUAL_DIGITS = 30;

    /** How the integers of dados are written. */
    private enum Integers {
        AS_THEY_ARE,
        /** 1E+18, if that is shorter than all digits. */
        SHORT
    }

    private final JsonGenerator out;
    private final Integers integers;

    private PedidoWriter(JsonGenerator out, Integers integers) {
        this.out = out;
        this.integers = integers;
    }

    /** At most {@link Limits#MESSAGE_BYTES}: jsonb gives 1e18 back with 19 digits, and a body may be full of them. */
    static byte[] message(Pedido pedido) {
        byte[] usual = message(pedido, Integers.AS_THEY_ARE);
        return usual.length <= Limits.MESSAGE_BYTES ? usual : message(pedido, Integers.SHORT);
    }

    private static byte[] message(Pedido pedido, Integers integers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("pedido_id", pedido.pedidoId());
            out.writeStringProperty("tipo", pedido.tipo());
            out.writeStringProperty("recebedor_id", pedido.recebedorId());
            out.writeStringProperty("origem", pedido.origem());
            new PedidoWriter(out, integers).writeContent(pedido);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static String payload(Pedido pedido) {
        StringWriter text = new StringWriter(USUAL_SIZE);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            new PedidoWriter(out, Integers.AS_THEY_ARE).writeContent(pedido);
            out.writeEndObject();
        }
        return text.toString();
    }

    private void writeContent(Pedido pedido) {
        if (!pedido.itens().isEmpty()) {
            out.writeArrayPropertyStart("itens");
            for (Item item : pedido.itens()) {
                out.writeStartObject();
                out.writeStringProperty("sku", item.sku());
                out.writeNumberProperty("quantidade", item.quantidade());
                Long preco = item.precoCentavos();
                if (preco != null) {
                    out.writeNumberProperty("preco_centavos", preco);
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        ObjectNode dados = pedido.dados();
        if (dados != null) {
            out.writeName("dados");
            write(dados);
        }
        String callbackUrl = pedido.callbackUrl();
        if (callbackUrl != null) {
            out.writeStringProperty("callback_url", callbackUrl);
        }
    }

    private void write(JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    out.writeName(entry.getKey());
                    write(entry.getValue());
                }
                out.writeEndObject();
            }
            case ArrayNode array -> {
                out.writeStartArray();
                for (JsonNode element : array) {
                    write(element);
                }
                out.writeEndArray();
            }
            case JsonNode string when string.isString() -> out.writeString(string.stringValue());
            case JsonNode small when small.isInt() || small.isLong() -> integer(small);
            case JsonNode number when number.isNumber() -> out.writeNumber(compact(number.decimalValue()));
            case JsonNode bool when bool.isBoolean() -> out.writeBoolean(bool.booleanValue());
            case JsonNode other -> out.writeNull();
        }
    }

    private void integer(JsonNode small) {
        if (integers == Integers.AS_THEY_ARE) {
            out.writeNumber(small.longValue());
        } else {
            String digits = Long.toString(small.longValue());
            String stripped = new BigDecimal(digits).stripTrailingZeros().toString();
            out.writeNumber(stripped.length() < digits.length() ? stripped : digits);
        }
    }

    /** jsonb gives 1e308 back with 309 digits, and a body full of them must not exceed its limit. */
    private BigDecimal compact(BigDecimal number) {
        boolean integer = number.scale() <= 0 && integers == Integers.SHORT;
        return integer || number.precision() > USUAL_DIGITS ? number.stripTrailingZeros() : number;
    }
}
