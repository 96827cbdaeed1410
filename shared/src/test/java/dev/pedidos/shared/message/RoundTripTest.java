package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.text.RootLocale;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Random pedidos, spelled in many ways: one content has one hash, and survives every form it is kept in. */
class RoundTripTest {
    private static final int CASES = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20261121})
    void oneContentHasOneHashInEverySpellingAndForm(long seed) {
        for (int i = 0; i < CASES; i++) {
            Random random = new Random(seed * 1_000_003 + i);
            Map<String, Object> content = object(random, 3);
            Pedido pedido = pedido(spell(content, new Random(i), false));
            byte[] hash = PayloadHash.of(pedido);

            assertThat(PayloadHash.of(pedido(spell(content, new Random(i + 1), true))))
                    .as("seed %d, case %d: spelled otherwise", seed, i)
                    .isEqualTo(hash);
            assertThat(PayloadHash.of(PedidoCodec.readMessage(PedidoCodec.writeMessage(pedido))))
                    .as("seed %d, case %d: through a message", seed, i)
                    .isEqualTo(hash);
            assertThat(PayloadHash.of(throughLedger(pedido)))
                    .as("seed %d, case %d: through the ledger", seed, i)
                    .isEqualTo(hash);
            assertThat(PedidoCodec.writeMessage(throughLedger(pedido)).length)
                    .as("seed %d, case %d: does not outgrow its limit on the way", seed, i)
                    .isLessThan(PedidoCodec.writeMessage(pedido).length * 2);
        }
    }

    /** 512 names of nine blocks "Ab" or "BA", which a 33-times-and-add hash cannot tell apart. */
    @RepeatedTest(3)
    void namesOfOneHashAreReadInEveryForm() {
        String members = IntStream.range(0, 1 << 9)
                .mapToObj(Integer::toBinaryString)
                .map(bits -> "0".repeat(9 - bits.length()) + bits)
                .map(bits -> "\"" + bits.replace("0", "Ab").replace("1", "BA") + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
        Pedido pedido = pedido(members);

        assertThat(PayloadHash.of(throughLedger(pedido))).isEqualTo(PayloadHash.of(pedido));
    }

    /** What jsonb does to a payload: keys by length, then bytes; numbers in full. */
    private static Pedido throughLedger(Pedido pedido) {
        JsonNode payload = StrictJson.readStored(PedidoCodec.writePayload(pedido));
        StringBuilder stored = new StringBuilder();
        asJsonb(payload, stored);
        return PedidoCodec.fromRow(
                pedido.pedidoId(), pedido.tipo(), pedido.recebedorId(), pedido.origem(), stored.toString());
    }

    private static void asJsonb(JsonNode value, StringBuilder out) {
        if (value.isObject()) {
            List<String> keys = new ArrayList<>(value.propertyNames());
            keys.sort((a, b) -> a.length() != b.length() ? a.length() - b.length() : a.compareTo(b));
            String separator = "{";
            for (String key : keys) {
                out.append(separator).append(quoted(key)).append(": ");
                asJsonb(value.get(key), out);
                separator = ", ";
            }
            out.append(keys.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode element : value) {
                out.append(separator);
                asJsonb(element, out);
                separator = ", ";
            }
            out.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isNumber()) {
            out.append(value.decimalValue().toPlainString());
        } else {
            out.append(value);
        }
    }

    private static Pedido pedido(String dados) {
        String body = "{\"pedido_id\":\"p\",\"recebedor_id\":\"r\",\"origem\":\"web\","
                + "\"itens\":[{\"sku\":\"A\",\"quantidade\":1}],\"dados\":" + dados + "}";
        return PedidoCodec.readMessage(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(string(random), value(random, depth));
        }
        return map;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> BigDecimal.valueOf(random.nextLong() >> random.nextInt(64));
            case 1 -> BigDecimal.valueOf(random.nextInt(2_000) - 1_000, random.nextInt(600) - 300);
            case 2 -> string(random);
            case 3 -> random.nextBoolean();
            case 4 -> new BigDecimal(Double.toString(random.nextDouble() * 1e9));
            case 5 -> object(random, depth - 1);
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder();
        String alphabet = "ab\"\\/\n\t\u0001\u007f çé€\uFEFF";
        for (int i = random.nextInt(6); i > 0; i--) {
            if (random.nextInt(8) == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(64));
            } else {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
        }
        return text.toString();
    }

    /** JSON text of the content: keys, white space, number and string forms as the generator likes them. */
    private static String spell(Object value, Random random, boolean shuffled) {
        String space = shuffled ? " \n".substring(random.nextInt(2)) : "";
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> parts = new ArrayList<>();
                map.forEach(
                        (key, child) -> parts.add(quoted((String) key) + space + ":" + spell(child, random, shuffled)));
                if (shuffled) {
                    Collections.shuffle(parts, random);
                }
                yield "{" + String.join(space + ",", parts) + "}";
            }
            case List<?> list ->
                "["
                        + String.join(
                                "," + space,
                                list.stream()
                                        .map(e -> spell(e, random, shuffled))
                                        .toList()) + "]";
            case BigDecimal number -> shuffled ? otherForm(number, random) : number.toString();
            case String text -> shuffled && random.nextBoolean() ? escaped(text) : quoted(text);
            default -> value.toString();
        };
    }

    private static String otherForm(BigDecimal number, Random random) {
        int zeros = number.signum() == 0 ? 0 : random.nextInt(5);
        return number.unscaledValue() + "0".repeat(zeros) + "e" + (-number.scale() - zeros);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(RootLocale.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(RootLocale.format("\\u%04X", (int) c));
        }
        return out.append('"').toString();
    }
}
