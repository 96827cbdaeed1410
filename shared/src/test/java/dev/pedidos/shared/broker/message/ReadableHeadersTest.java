package dev.pedidos.shared.broker.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import java.math.BigDecimal;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadableHeadersTest {

    private static final int CHANNEL = 7;
    private static final long BODY = 12;

    @Test
    void aMessageWithValuesOfEveryTypeArrivesAsItIs() throws Exception {
        Map<String, Object> values = new HashMap<>();
        for (Object value : List.of(
                "text",
                new byte[] {1, 2},
                1,
                2L,
                (short) 3,
                (byte) 4,
                1.5,
                2.5f,
                true,
                new BigDecimal("1.5"),
                new Date(0),
                List.of("a", Map.of("b", 1L)),
                Map.of("c", List.of()))) {
            values.put(value.getClass().getSimpleName(), value);
        }
        values.put("null", null);
        var frame = frame(values);
        assertThat(ReadableHeaders.of(frame)).isSameAs(frame);
    }

    @Test
    void anotherFrameAndAMessageWithoutHeadersArriveAsTheyAre() throws Exception {
        var body = new Frame(AMQP.FRAME_BODY, CHANNEL, new byte[] {1});
        assertThat(ReadableHeaders.of(body)).isSameAs(body);
        var bare = frame(new AMQP.BasicProperties.Builder().messageId("m").build());
        assertThat(ReadableHeaders.of(bare)).isSameAs(bare);
    }

    @Test
    void headersThatTheClientReadsArriveAndDeeperOnesDoNot() throws Exception {
        for (boolean list : new boolean[] {true, false}) {
            var deepest = frame(Map.of("deep", nested(HeaderTable.MOST_LEVELS, list)));
            assertThat(ReadableHeaders.of(deepest)).isSameAs(deepest);
            assertThat(read(deepest).getHeaders()).containsOnlyKeys("deep");
            assertReplaced(Map.of("deep", nested(HeaderTable.MOST_LEVELS + 1, list), "ciclo", 1), HeaderFault.TOO_DEEP);
            assertReplaced(Map.of("deep", nested(500, list)), HeaderFault.TOO_DEEP);
        }
    }

    @Test
    void aThousandHeadersArriveAndMoreDoNot() throws Exception {
        assertThat(read(ReadableHeaders.of(frame(many(1_000)))).getHeaders()).hasSize(1_000);
        assertReplaced(many(1_001), HeaderFault.TOO_MANY);
        assertReplaced(Map.of("list", IntStream.range(0, 1_000).boxed().toList()), HeaderFault.TOO_MANY);
    }

    @Test
    void headersOf128KibArriveAndLargerOnesDoNot() throws Exception {
        int around = "\4text".length() + 1 + Integer.BYTES;
        var largest = frame(Map.of("text", "x".repeat(HeaderTable.MOST_BYTES - around)));
        assertThat(ReadableHeaders.of(largest)).isSameAs(largest);
        assertReplaced(Map.of("text", "x".repeat(HeaderTable.MOST_BYTES - around + 1)), HeaderFault.TOO_LARGE);
    }

    @Test
    void headersThatAreNotWrittenAsAmqpHasThemDoNotArrive() throws Exception {
        for (int position : new int[] {0, 2, 3}) {
            byte[] payload = frame(Map.of("a", "b")).getPayload();
            int table = 2 + 2 + 8 + 2 + "\4json".length() + Integer.BYTES;
            payload[table + position] = (byte) 0xff;
            assertThat(read(ReadableHeaders.of(new Frame(AMQP.FRAME_HEADER, CHANNEL, payload)))
                            .getHeaders()
                            .get(ReadableHeaders.REFUSED))
                    .hasToString("MALFORMED");
        }
    }

    @Test
    void aPublisherWhoWritesTheMarkHasHisMessageRefusedAndSaysNothingWithIt() throws Exception {
        for (Object value :
                new Object[] {"", "a\u0000b", "x".repeat(60_000), new byte[60_000], 1, List.of("TOO_DEEP")}) {
            Map<String, Object> forged = Map.of(ReadableHeaders.REFUSED, value, "ciclo", 1);
            assertThat(Headers.of(read(ReadableHeaders.of(frame(forged)))).fault())
                    .isEqualTo("has the header cabecalhos_recusados, which is reserved");
        }
        assertThat(Headers.of(properties(Map.of("ciclo", 1))).fault()).isEmpty();
    }

    /** All else that the message says of itself is kept. */
    private static void assertReplaced(Map<String, Object> values, HeaderFault fault) throws Exception {
        var frame = frame(values);
        var replaced = ReadableHeaders.of(frame);
        assertThat(replaced.getChannel()).isEqualTo(CHANNEL);
        assertThat(read(replaced))
                .isEqualTo(properties(Map.of(ReadableHeaders.REFUSED, LongStringHelper.asLongString(fault.name()))));
        assertThat(AMQImpl.readContentHeaderFrom(replaced.getInputStream()).getBodySize())
                .isEqualTo(BODY);
        assertThat(Headers.of(read(replaced)).fault()).isEqualTo(fault.sentence());
    }

    private static AMQP.BasicProperties read(Frame frame) throws Exception {
        return (AMQP.BasicProperties) AMQImpl.readContentHeaderFrom(frame.getInputStream());
    }

    private static Frame frame(Map<String, Object> headers) throws Exception {
        return frame(properties(headers));
    }

    /** As it comes off the wire. */
    private static Frame frame(AMQP.BasicProperties properties) throws Exception {
        return new Frame(
                AMQP.FRAME_HEADER, CHANNEL, properties.toFrame(CHANNEL, BODY).getPayload());
    }

    private static AMQP.BasicProperties properties(Map<String, Object> headers) {
        return new AMQP.BasicProperties.Builder()
                .contentType("json")
                .headers(headers)
                .messageId("m-1")
                .type("pedido")
                .build();
    }

    private static Map<String, Object> many(int headers) {
        return IntStream.range(0, headers).boxed().collect(Collectors.toMap(i -> "h" + i, i -> i));
    }

    private static Object nested(int levels, boolean list) {
        Object inner = 1;
        for (int i = 0; i < levels; i++) {
            inner = list ? List.of(inner) : Map.of("n", inner);
        }
        return inner;
    }
}
