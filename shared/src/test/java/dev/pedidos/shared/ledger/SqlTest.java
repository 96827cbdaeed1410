package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlTest {

    @Test
    void eachPlaceHasItsPartAndPartsAreLeftAsTheyAre() {
        assertThat(Sql.fill("select {a}, '{}' where {b} and {b}", Map.of("a", "{b} $1", "b", "x", "c", "y")))
                .isEqualTo("select {b} $1, '{}' where x and x");
    }

    @Test
    void aPlaceWithoutAPartIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sql.fill("select {a}", Map.of("b", "x")))
                .withMessage("no part for {a}");
    }
}
