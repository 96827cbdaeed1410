package dev.pedidos.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.message.InvalidFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemsQueryTest {

    @Test
    void aCursorLeadsToAPlaceAmongTheItemsOfItsTaskAlone() {
        String cursor = ItemsQuery.of("a", Map.of()).cursor().text(7L);
        Map<String, List<String>> next = Map.of("cursor", List.of(cursor));
        assertThat(ItemsQuery.of("a", next).after()).isEqualTo(7);
        assertThatThrownBy(() -> ItemsQuery.of("b", next)).isInstanceOf(InvalidFields.class);
    }
}
