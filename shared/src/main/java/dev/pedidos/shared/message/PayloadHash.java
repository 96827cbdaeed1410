package dev.pedidos.shared.message;

import dev.pedidos.shared.text.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * SHA-256 over the content of a pedido: two bodies have the same hash exactly if the contract calls them the same
 * content. The id and the order of keys do not count; the order of arrays does, and numbers count by value. It is the
 * same before and after PostgreSQL's jsonb, which reorders keys and writes 1e2 as 100.
 *
 * <p>Every value is written after its kind and its length, so that no two contents have the same form. The hash is
 * stored in every row: another form needs a new {@link #VERSION} and a way to compare with old rows.
 */
public final class PayloadHash {
    private static final String VERSION = "pedido/1";

    private static final String PAYLOAD_VERSION = "operacao/1";

    private final Canonical form = new Canonical();

    private PayloadHash() {}

    public static byte[] of(Pedido pedido) {
        PayloadHash hash = new PayloadHash();
        hash.write(pedido);
        return sha256(hash.form);
    }

    /** Of the payload of an operation's event, by the same rules. */
    static byte[] ofPayload(ObjectNode payload) {
        PayloadHash hash = new PayloadHash();
        hash.form.text('v', PAYLOAD_VERSION);
        hash.write(payload);
        return sha256(hash.form);
    }

    private void write(Pedido pedido) {
        form.text('v', VERSION);
        form.text('s', pedido.tipo());
        form.text('s', pedido.recebedorId());
        form.text('s', pedido.origem());
        form.count('[', pedido.itens().size());
        for (Item item : pedido.itens()) {
            form.text('s', item.sku());
            form.number(item.quantidade());
            Long preco = item.precoCentavos();
            if (preco == null) {
                form.mark('-');
            } else {
                form.number(preco);
            }
        }
        ObjectNode dados = content(pedido);
        if (dados == null) {
            form.mark('-');
        } else {
            write(dados);
        }
        // Of a pedido without one the form is that of before there were webhooks.
        String callbackUrl = pedido.callbackUrl();
        if (callbackUrl != null) {
            form.text('c', callbackUrl);
        }
    }

    /** An event of an operation is the same whenever its sender says that it occurred. */
    private static @Nullable ObjectNode content(Pedido pedido) {
        ObjectNode dados = pedido.dados();
        if (dados == null || !pedido.tipo().equals(OperationEvent.TIPO)) {
            return dados;
        }
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.setAll(dados);
        content.remove(OperationEvent.OCCURRED_AT);
        return content;
    }

    private void write(JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                form.count('{', object.size());
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                object.forEachEntry(sorted::put);
                sorted.forEach((key, child) -> {
                    form.text('k', key);
                    write(child);
                });
            }
            case ArrayNode array -> {
                form.count('[', array.size());
                for (JsonNode element : array) {
                    write(element);
                }
            }
            case JsonNode string when string.isString() -> form.text('s', string.stringValue());
            case JsonNode small when small.isInt() || small.isLong() -> form.number(small.longValue());
            case JsonNode number when number.isNumber() -> form.number(number.decimalValue());
            case JsonNode bool when bool.isBoolean() -> form.mark(bool.booleanValue() ? 't' : 'f');
            case JsonNode other -> form.mark('0');
        }
    }

    private static byte[] sha256(Canonical form) {
        MessageDigest digest = Sha256.digest();
        form.digestInto(digest);
        return digest.digest();
    }

    /** Writes the bytes that are hashed. */
    private static final class Canonical {
        private byte[] bytes = new byte[512];
        private int size;

        void mark(char kind) {
            room(1);
            bytes[size++] = (byte) kind;
        }

        void count(char kind, int count) {
            room(5);
            bytes[size++] = (byte) kind;
            bytes[size++] = (byte) (count >>> 24);
            bytes[size++] = (byte) (count >>> 16);
            bytes[size++] = (byte) (count >>> 8);
            bytes[size++] = (byte) count;
        }

        void text(char kind, String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            count(kind, utf8.length);
            room(utf8.length);
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
        }

        /** Unscaled value and exponent, without trailing zeros; the full form of 1e308 would have 309 digits. */
        void number(BigDecimal number) {
            BigDecimal stripped = number.stripTrailingZeros();
            if (stripped.signum() == 0) {
                number(0);
            } else {
                text('n', stripped.unscaledValue() + "e" + -(long) stripped.scale());
            }
        }

        /** The same form as a decimal of this value. */
        void number(long number) {
            long unscaled = number;
            int exponent = 0;
            while (unscaled != 0 && unscaled % 10 == 0) {
                unscaled /= 10;
                exponent++;
            }
            text('n', unscaled + "e" + exponent);
        }

        void digestInto(MessageDigest digest) {
            digest.update(bytes, 0, size);
        }

        private void room(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }
    }
}
