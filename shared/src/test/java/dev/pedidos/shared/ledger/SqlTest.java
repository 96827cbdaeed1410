package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SqlTest {

    @Test
    void eachPlaceHasItsPartAndPartsAreLeftAsTheyAre() {
        assertThat(Sql.fill("select {a}, '{}' where {b} and {b}", Map.of("a", "{b} $1", "b", "x", "c", "y")))
                .isEqualTo("select {b} $1, '{}' where x and x");
    }

    @Test
    void theStatementsCallTheSameStatesUnfinishedAsTheCode() {
        assertThat(Sql.named("unfinished_states"))
                .isEqualTo(Arrays.stream(PedidoStatus.values())
                        .filter(PedidoStatus::unfinished)
                        .map(state -> "'" + state + "'")
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void aPlaceWithoutAPartIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sql.fill("select {a}", Map.of("b", "x")))
                .withMessage("no part for {a}");
    }
}
