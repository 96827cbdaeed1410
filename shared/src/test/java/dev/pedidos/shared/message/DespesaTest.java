package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DespesaTest {
    private static final CallbackHosts NO_HOST = new CallbackHosts(Set.of(), false);

    private static final String BODY = "{\"pedido_id\":\"d-1\",\"tipo\":\"despesa\",\"recebedor_id\":\"r\","
            + "\"origem\":\"api\",\"dados\":{\"cnpj\":\"12.ABC.345/01DE-35\",\"valor_centavos\":100}}";

    @Test
    void theSameCnpjWithAndWithoutMarksIsTheSameContent() {
        var marked = draft(BODY).withId("d-1");
        var plain = draft(BODY.replace("12.ABC.345/01DE-35", "12ABC34501DE35")).withId("d-1");

        assertThat(Despesa.of(marked)).isEqualTo(new Despesa("12ABC34501DE35", 100, null));
        assertThat(PayloadHash.of(marked)).isEqualTo(PayloadHash.of(plain));
        assertThat(PedidoCodec.writePayload(marked)).doesNotContain("/");
        assertThat(PedidoCodec.readProduced(bytes(BODY), NO_HOST).dados()).isEqualTo(plain.dados());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            01DE-35                | 01DE-36              | dados.cnpj
            12.ABC.345/01DE-35     | 00000000000000       | dados.cnpj
            "12.ABC.345/01DE-35"   | 12                   | dados.cnpj
            "valor_centavos":100   | "valor_centavos":-1  | dados.valor_centavos
            "valor_centavos":100   | "valor_centavos":1.0 | dados.valor_centavos
            "valor_centavos":100   | "valor":100          | dados.valor,dados.valor_centavos
            "valor_centavos":100   | "valor_centavos":100,"descricao":"\\u0000" | dados.descricao
            ,"dados":{"cnpj":"12.ABC.345/01DE-35","valor_centavos":100} | `` | dados
            {"cnpj":"12.ABC.345/01DE-35","valor_centavos":100} | [] | dados
            """)
    void faultyDadosAreNamedAtBothDoors(String part, String instead, String fields) {
        String body = BODY.replace(part, instead);

        for (var faults : List.of(faults(body), faultsOfMessage(body))) {
            assertThat(faults.errors()).extracting(FieldError::field).containsExactlyInAnyOrder(fields.split(","));
            assertThat(faults.getMessage()).doesNotContain("ABC");
        }
    }

    @Test
    void whatWasLetInBeforeIsReadAsItIs() {
        String older = BODY.replace("\"valor_centavos\":100", "\"nota\":1");

        assertThat(PedidoCodec.readMessage(bytes(older)).dados())
                .hasToString("{\"cnpj\":\"12.ABC.345/01DE-35\",\"nota\":1}");
        assertThat(catchThrowableOfType(InvalidFields.class, () -> Despesa.of(PedidoCodec.readMessage(bytes(older)))))
                .isNotNull();
    }

    private static InvalidFields faults(String body) {
        return catchThrowableOfType(InvalidFields.class, () -> draft(body));
    }

    private static InvalidFields faultsOfMessage(String body) {
        return catchThrowableOfType(InvalidFields.class, () -> PedidoCodec.readProduced(bytes(body), NO_HOST));
    }

    private static Draft draft(String body) {
        return PedidoCodec.readDraft(bytes(body), tipo -> true, CallbackHosts.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
