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

    private PedidoWriter() {}

    static byte[] message(Pedido pedido) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("pedido_id", pedido.pedidoId());
            out.writeStringProperty("tipo", pedido.tipo());
            out.writeStringProperty("recebedor_id", pedido.recebedorId());
            out.writeStringProperty("origem", pedido.origem());
            writeContent(out, pedido);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static String payload(Pedido pedido) {
        StringWriter text = new StringWriter(USUAL_SIZE);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            writeContent(out, pedido);
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void writeContent(JsonGenerator out, Pedido pedido) {
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
            write(out, dados);
        }
        String callbackUrl = pedido.callbackUrl();
        if (callbackUrl != null) {
            out.writeStringProperty("callback_url", callbackUrl);
        }
    }

    private static void write(JsonGenerator out, JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    out.writeName(entry.getKey());
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case ArrayNode array -> {
                out.writeStartArray();
                for (JsonNode element : array) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case JsonNode string when string.isString() -> out.writeString(string.stringValue());
            case JsonNode small when small.isInt() || small.isLong() -> out.writeNumber(small.longValue());
            case JsonNode number when number.isNumber() -> out.writeNumber(compact(number.decimalValue()));
            case JsonNode bool when bool.isBoolean() -> out.writeBoolean(bool.booleanValue());
            case JsonNode other -> out.writeNull();
        }
    }

    /** jsonb gives 1e308 back with 309 digits, and a body full of them must not exceed its limit. */
    private static BigDecimal compact(BigDecimal number) {
        return number.precision() > USUAL_DIGITS ? number.stripTrailingZeros() : number;
    }
}
