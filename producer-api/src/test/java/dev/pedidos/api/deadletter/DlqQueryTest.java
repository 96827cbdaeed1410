package dev.pedidos.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.shared.ledger.deadletter.DeadLetterReads.LetterPosition;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DlqQueryTest {

    @Test
    void withoutParametersAllAreMeantFiftyAtATime() {
        var query = DlqQuery.ofList(Map.of());

        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.after()).isEmpty();
        assertThat(query.filter().motivo()).isEmpty();
    }

    @Test
    void timesMayHaveAnyOffset() {
        var filter = DlqQuery.ofGroups(Map.of("desde", List.of("2026-11-22T05:30:00-03:00")));

        assertThat(filter.desde()).contains(Instant.parse("2026-11-22T08:30:00Z"));
    }

    @Test
    void everyFaultIsNamed() {
        var parameters = Map.of(
                "motivo", List.of(" "),
                "tipo", List.of("a b"),
                "ate", List.of("2026-11-22"),
                "limit", List.of("501"),
                "cursor", List.of("!"),
                "recebedor_id", List.of("a", "b"),
                "status", List.of("PENDING"));

        var invalid = catchThrowableOfType(InvalidFields.class, () -> DlqQuery.ofList(parameters));

        assertThat(invalid.errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("motivo", "tipo", "ate", "limit", "cursor", "recebedor_id", "status");
    }

    @Test
    void aCursorLeadsBackToItsPlace() {
        var place = new LetterPosition(Instant.parse("2026-11-22T08:30:00.000123Z"), "a:1");

        assertThat(DlqQuery.CURSOR.place(DlqQuery.CURSOR.text(place))).contains(place);
        assertThat(DlqQuery.CURSOR.place("bm8gcGxhY2U")).isEmpty();
    }
}
