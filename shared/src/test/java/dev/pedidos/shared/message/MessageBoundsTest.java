package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of messages that say they are ours, those that are read, and those that are not worth the memory. */
class MessageBoundsTest {

    /** Written as jsonb gives each value back, a number in full. */
    @ParameterizedTest
    @CsvSource({
        "1e9, 1000000000",
        "1e18, 1000000000000000000",
        "1e6, 1000000",
        "1e-6, 0.000001",
        "-12e17, -1200000000000000000",
        "1e29, 100000000000000000000000000000",
        "9e-29, 0.00000000000000000000000000009",
        "{}, {}",
        "[], []",
        "7, 7",
        "'\"\ud83d\ude00\"', '\"\ud83d\ude00\"'"
    })
    void whateverFillsABodyThatWasAcceptedCanBeReadAgain(String sent, String stored) {
        int most = (Limits.BODY_BYTES - 100) / (sent.getBytes(StandardCharsets.UTF_8).length + 1);
        var accepted = PedidoCodec.readAccepted(bytes(body(many(sent, most)))).withId("p");
        var fromLedger = PedidoCodec.fromRow("p", "t", "r", "api", "{\"dados\":{\"x\":[" + many(stored, most) + "]}}");

        for (Pedido pedido : new Pedido[] {accepted, fromLedger}) {
            byte[] message = PedidoCodec.writeMessage(pedido);
            assertThat(message).hasSizeLessThanOrEqualTo(Limits.MESSAGE_BYTES);
            assertThat(PayloadHash.of(PedidoCodec.readMessage(message))).isEqualTo(PayloadHash.of(accepted));
        }
    }

    @Test
    void anIntegerIsOneHoweverLargeTheMessageIs() {
        var large = PedidoCodec.fromRow(
                "p",
                "t",
                "r",
                "api",
                "{\"dados\":{\"n\":5000000,\"d\":5.0,\"x\":[" + many("1" + "0".repeat(18), 52_000) + "]}}");

        var dados = PedidoCodec.readMessage(PedidoCodec.writeMessage(large)).dados();

        assertThat(dados).isEqualTo(large.dados());
    }

    @Test
    void anEventAtTheNestingLimitCanBeReadAgain() {
        String extra = "{\"a\":".repeat(Limits.NESTING - 3) + "{}" + "}".repeat(Limits.NESTING - 3);
        var event =
                OperationReader.read(bytes("{\"external_id\":\"e\",\"event_type\":\"STARTED\",\"recebedor_id\":\"r\","
                        + "\"payload\":{\"extra\":" + extra + "}}"));

        assertThat(PedidoCodec.readMessage(PedidoCodec.writeMessage(event.pedido())))
                .isEqualTo(event.pedido());
    }

    @Test
    void aMessageThatIsLargerThanAnyOfOursIsNotParsed() {
        assertThat(fault(" ".repeat(Limits.LARGEST_MESSAGE_BYTES) + "no JSON")).contains("2097152 bytes");
    }

    @Test
    void aMessageOfMoreValuesThanAnyOfOursIsNotReadToItsEnd() {
        assertThat(fault(body(many("[]", Limits.BODY_BYTES)) + "no JSON")).contains("values");
    }

    @Test
    void numbersThatGrowMoreThanThoseOfAnyBodyAreRefused() {
        assertThat(fault(body(many("1e308", 80_000)))).contains("numbers are too large");
        assertThat(PedidoCodec.readMessage(bytes(body(many("1e308", 43_000)))).dados())
                .as("0.1.0 accepted such")
                .isNotNull();
    }

    @Test
    void aMessageThatIsNestedDeeperThanAnyOfOursIsRefused() {
        assertThat(fault(body("[".repeat(70) + "]".repeat(70)))).contains("nesting depth");
    }

    private static String fault(String body) {
        return catchThrowableOfType(InvalidMessage.class, () -> PedidoCodec.readMessage(bytes(body)))
                .getMessage()
                .toLowerCase(Locale.ROOT);
    }

    private static String body(String values) {
        return "{\"pedido_id\":\"p\",\"tipo\":\"t\",\"recebedor_id\":\"r\",\"origem\":\"api\",\"dados\":{\"x\":["
                + values + "]}}";
    }

    private static String many(String value, int times) {
        return (value + ",").repeat(times - 1) + value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
