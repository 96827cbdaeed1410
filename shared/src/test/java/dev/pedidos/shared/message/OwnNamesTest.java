package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a log line says about a message that is no pedido. */
class OwnNamesTest {

    @ParameterizedTest
    @CsvSource({
        "$, $",
        "itens[12].sku, itens[12].sku",
        "dados.payload.valor_centavos, dados.payload.valor_centavos",
        "11.222.333/0001-81, ?.?.?",
        "dados.Ana Souza.origem[3], dados.?.origem[3]",
        "dados.cpf[3], dados.?",
        "itens[12345678909], ?",
        "dados.origem\\u0000..., dados.?.?.?.?",
    })
    void aNameOfTheSendersOwnIsNotRepeated(String path, String logged) {
        assertThat(OwnNames.only(path)).isEqualTo(logged);
    }

    @Test
    void theAnswerNamesTheFieldAndTheLogDoesNot() {
        var fault = new InvalidFields(List.of(new FieldError("Ana", "unknown field")));
        assertThat(fault.errors()).extracting(FieldError::field).containsExactly("Ana");
        assertThat(fault).hasMessage("?: unknown field");
    }
}
