package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DespesaBatchTest {
    private static final CallbackHosts NO_HOST = new CallbackHosts(Set.of(), false);

    private static final String ITEM = "{\"cnpj\":\"12.ABC.345/01DE-35\",\"valor_centavos\":7,\"descricao\":\"nota\"}";

    @Test
    void eachItemIsAPedidoOfItsCompany() {
        var pedidos = read(batch(10_000)).pedidos("t");

        assertThat(pedidos).hasSize(10_000);
        var last = pedidos.getLast();
        assertThat(last.pedidoId()).isEqualTo("t:10000");
        assertThat(last.recebedorId()).isEqualTo("12ABC34501DE35");
        assertThat(Despesa.of(last)).isEqualTo(new Despesa("12ABC34501DE35", 7, "nota"));
        assertThat(PedidoCodec.readProduced(PedidoCodec.writeMessage(last), NO_HOST)
                        .withId("t:10000"))
                .isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                      | itens
            []                                      | $
            {"itens":[]}                            | itens
            {"itens":{}}                            | itens
            {"itens":null}                          | itens
            {"itens":[5]}                           | itens[0]
            {"itens":[{}]}                          | itens[0].cnpj,itens[0].valor_centavos
            {"itens":[{"cnpj":"00000000000191","valor_centavos":1},{"cnpj":"00000000000192","valor_centavos":1}]} | itens[1].cnpj
            {"itens":[{"cnpj":"00000000000191","valor_centavos":1}],"callback_url":"http://h"} | callback_url
            """)
    void everyFaultIsNamed(String body, String fields) {
        assertThat(faults(body)).containsExactlyInAnyOrder(fields.split(","));
    }

    @Test
    void moreThanTenThousandItensAreRefusedHoweverManyTheyAre() {
        assertThat(faults(batch(10_001))).containsExactly("itens");
        assertThat(faults("{\"itens\":[" + "0,".repeat(500_000) + "0]}")).containsExactly("itens");
    }

    @Test
    void theHashTellsContentsAndTheirOrderApart() {
        var one = read("{\"itens\":[" + ITEM + "," + ITEM.replace("7", "8") + "]}");
        var turned = read("{\"itens\":[" + ITEM.replace("7", "8") + "," + ITEM + "]}");
        var plain = read("{\"itens\":[" + ITEM.replace("12.ABC.345/01DE-35", "12ABC34501DE35") + ","
                + ITEM.replace("7", "8") + "]}");

        assertThat(hash(one, "t")).isEqualTo(hash(plain, "u")).isNotEqualTo(hash(turned, "t"));
        assertThat(hash(read("{\"itens\":[" + ITEM + "]}"), "t")).isNotEqualTo(hash(one, "t"));
    }

    private static byte[] hash(DespesaBatch batch, String taskId) {
        return DespesaBatch.contentHash(
                batch.pedidos(taskId).stream().map(PayloadHash::of).toList(), batch.callbackUrl());
    }

    private static String batch(int itens) {
        return IntStream.range(0, itens).mapToObj(i -> ITEM).collect(Collectors.joining(",", "{\"itens\":[", "]}"));
    }

    private static DespesaBatch read(String body) {
        return DespesaBatch.read(body.getBytes(StandardCharsets.UTF_8), CallbackHosts.NONE);
    }

    private static List<String> faults(String body) {
        return catchThrowableOfType(InvalidFields.class, () -> read(body)).errors().stream()
                .map(FieldError::field)
                .toList();
    }
}
