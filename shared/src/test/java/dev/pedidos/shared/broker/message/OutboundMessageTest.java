package dev.pedidos.shared.broker.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.Version;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboundMessageTest {

    @Test
    void propertiesAreCutToTheLengthThatAmqpHasForThem() {
        assertThat(withId("i".repeat(255)).messageId()).hasSize(255);
        assertThat(withId("i".repeat(256)).messageId()).hasSize(255);
        // Three bytes each, as a reader puts them where bytes are not UTF-8.
        assertThat(withId("\uFFFD".repeat(90)).messageId()).hasSize(85);
        assertThat(withId("").messageId()).isEmpty();
    }

    @Test
    void aCharacterOfTwoCharsIsNotCutInTheMiddle() {
        assertThat(withId("i".repeat(253) + "\uD83D\uDE00").messageId()).hasSize(253);
    }

    private static OutboundMessage withId(String id) {
        return new OutboundMessage("", "queue", Version.first(id), "pedido", new byte[0], Map.of());
    }
}
