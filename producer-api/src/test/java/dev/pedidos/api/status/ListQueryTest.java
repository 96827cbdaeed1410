package dev.pedidos.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListQueryTest {

    @Test
    void withoutParametersItTakesTheNewest50() {
        ListQuery query = ListQuery.of(Map.of());
        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.after()).isEmpty();
        assertThat(query.filter().status()).isEmpty();
    }

    @Test
    void aCursorLeadsBackToItsPlace() {
        Position position = new Position(1_795_304_446_910_158L, "p-1");
        ListQuery query =
                ListQuery.of(Map.of("cursor", List.of(ListQuery.CURSOR.text(position)), "limit", List.of("500")));
        assertThat(query.after()).contains(position);
        assertThat(query.limit()).isEqualTo(500);
    }

    @Test
    void aCursorOfAnotherListIsFaulty() {
        String ofTasks = Cursor.byPosition("tasks").text(new Position(1, "p-1"));
        assertThatThrownBy(() -> ListQuery.of(Map.of("cursor", List.of(ofTasks))))
                .isInstanceOf(InvalidFields.class);
    }

    @ParameterizedTest
    @CsvSource({
        "status, DONE",
        "status, pending",
        "recebedor_id, 'a b'",
        "tipo, ç",
        "limit, 0",
        "limit, 501",
        "limit, -1",
        "limit, 1.0",
        "limit, 05",
        "limit, 99999999999",
        "cursor, zz",
        "cursor, '!'",
        "cursor, MSA",
        "cursor, cGVkaWRvcyAxIA",
        "page, 2",
    })
    void namesTheFaultyParameter(String name, String value) {
        InvalidFields faults =
                catchThrowableOfType(InvalidFields.class, () -> ListQuery.of(Map.of(name, List.of(value))));
        assertThat(faults.errors()).extracting(FieldError::field).containsExactly(name);
    }

    @Test
    void anEmptyParameterIsFaulty() {
        for (String name : List.of("status", "recebedor_id", "tipo", "limit", "cursor")) {
            assertThatThrownBy(() -> ListQuery.of(Map.of(name, List.of(""))))
                    .as(name)
                    .isInstanceOf(InvalidFields.class);
        }
    }

    @Test
    void aParameterGivenTwiceIsFaulty() {
        InvalidFields faults =
                catchThrowableOfType(InvalidFields.class, () -> ListQuery.of(Map.of("limit", List.of("1", "2"))));
        assertThat(faults.errors()).containsExactly(new FieldError("limit", "must be given once"));
    }
}
