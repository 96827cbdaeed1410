package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of a pedido whose body has none. */
class MessageIdsTest {

    private final MessageIds ids = new MessageIds();

    @Test
    void theHeaderOfADeadLetterComesBeforeTheMessageId() {
        assertThat(id(Map.of(OutboundMessage.PEDIDO_ID, "ord-1"), "m-1")).isEqualTo("ord-1");
        assertThat(id(Map.of(OutboundMessage.PEDIDO_ID, "no id"), "m-1")).isEqualTo("m-1");
    }

    /** Whoever publishes the message again has to reach the same pedido, also after an update. */
    @Test
    void aMessageIdOfAnotherFormGivesOneIdForAllTime() {
        assertThat(id("ORD/2026/1")).isEqualTo("mi-797ade4558fba36f21e31eef937ba811c60627f4");
        assertThat(id("x".repeat(65))).isEqualTo(id("x".repeat(65))).isNotEqualTo(id("x".repeat(66)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes that are not UTF-8: \ufffd",
                "mensagem:9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"
            })
    void whatDifferentMessagesMayShareIsNoId(String messageId) {
        assertThat(id(messageId)).isNotEqualTo(id(messageId));
    }

    private String id(String messageId) {
        return id(Map.of(), messageId);
    }

    private String id(Map<String, Object> headers, String messageId) {
        return ids.of(new PulledMessage(1, false, messageId, "", new Headers(headers), new byte[0]));
    }
}
