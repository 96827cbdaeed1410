package dev.pedidos.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorBodiesTest {

    @Test
    void allIsSaidAndGoesAtAHundredASecond() {
        var all = OperatorBodies.readRedrive(bytes("{\"todos\":true}"));

        assertThat(all.porSegundo()).isEqualTo(100);
        assertThat(all.filter().pedidoIds()).isEmpty();
        assertThat(all.filter().motivo()).isEmpty();
    }

    @Test
    void anIdGivenTwiceIsMeantOnce() {
        assertThat(OperatorBodies.readRedrive(bytes("{\"pedido_ids\":[\"a\",\"b\",\"a\"]}"))
                        .filter()
                        .pedidoIds())
                .contains(List.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"por_segundo":1001}              | por_segundo todos
            {"por_segundo":"5"}               | por_segundo todos
            {"pedido_ids":[]}                 | pedido_ids
            {"pedido_ids":"a"}                | pedido_ids
            {"pedido_ids":["a",5]}            | pedido_ids[1]
            {"motivo":""}                     | motivo
            {"motivo":"a\\u0000"}             | motivo
            {"erro_classe":"\\ud800"}         | erro_classe
            {"tipo":null}                     | tipo
            {"desde":"today"}                 | desde
            {"status":"DEAD_LETTERED"}        | status todos
            {}                                | todos
            {"por_segundo":5}                 | todos
            {"todos":false}                   | todos
            {"todos":"true"}                  | todos
            {"todos":null}                    | todos
            {"todos":true,"motivo":"x"}       | todos
            {"pedido_ids":["."]}              | pedido_ids[0]
            {"recebedor_id":".."}             | recebedor_id
            []                                | $
            """)
    void everyFaultyFieldIsNamed(String body, String fields) {
        var invalid = catchThrowableOfType(InvalidFields.class, () -> OperatorBodies.readRedrive(bytes(body)));

        assertThat(invalid.errors()).extracting(FieldError::field).containsExactly(fields.split(" "));
    }

    @Test
    void aDiscardNeedsAReason() {
        assertThat(OperatorBodies.readDiscard(bytes("{\"motivo\":\"cliente desistiu\"}")))
                .isEqualTo("cliente desistiu");
        assertThat(catchThrowableOfType(InvalidFields.class, () -> OperatorBodies.readDiscard(bytes("{}")))
                        .errors())
                .hasSize(1);
    }

    @Test
    void aReasonHas200CharactersHoweverManyUnitsTheyTake() {
        String most = "\uD83D\uDE00".repeat(200);
        assertThat(OperatorBodies.readDiscard(bytes("{\"motivo\":\"" + most + "\"}")))
                .isEqualTo(most);
        assertThat(catchThrowableOfType(
                                InvalidFields.class,
                                () -> OperatorBodies.readDiscard(bytes("{\"motivo\":\"" + most + "x\"}")))
                        .errors())
                .hasSize(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
