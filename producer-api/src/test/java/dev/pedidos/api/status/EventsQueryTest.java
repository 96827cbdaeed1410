package dev.pedidos.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.message.InvalidFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsQueryTest {

    @Test
    void aCursorLeadsBackToItsPlace() {
        assertThat(EventsQuery.ofPedido("a", cursorOfA()).after()).isEqualTo(7);
    }

    @Test
    void aCursorOfAnotherListOfEventsIsFaulty() {
        assertThatThrownBy(() -> EventsQuery.ofPedido("b", cursorOfA())).isInstanceOf(InvalidFields.class);
        assertThatThrownBy(() -> EventsQuery.ofOperation("a", cursorOfA(), 10)).isInstanceOf(InvalidFields.class);
    }

    private static Map<String, List<String>> cursorOfA() {
        return Map.of(
                "cursor", List.of(EventsQuery.ofPedido("a", Map.of()).cursor().text(7L)));
    }
}
