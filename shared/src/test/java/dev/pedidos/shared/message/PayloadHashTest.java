package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadHashTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,"b":2}   | { "b" : 2, "a" : 1 }
            {"a":1}         | {"a":1.0}
            {"a":1}         | {"a":1e0}
            {"a":100}       | {"a":1e2}
            {"a":100}       | {"a":100.000}
            {"a":0.1}       | {"a":1e-1}
            {"a":0}         | {"a":-0}
            {"a":0}         | {"a":-0.0}
            {"a":0}         | {"a":0e5}
            {"a":1e300}     | {"a":10e299}
            {"a":12345678901234567890} | {"a":1234567890123456789e1}
            {"a":"é"}       | {"a":"\\u00e9"}
            {"a":"/"}       | {"a":"\\/"}
            """)
    void isTheSameForTheSameContent(String one, String other) {
        assertThat(hash(one)).isEqualTo(hash(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":[1,2]}     | {"a":[2,1]}
            {"a":1}         | {"a":"1"}
            {"a":1}         | {"a":true}
            {"a":1}         | {"a":-1}
            {"a":1}         | {"a":10}
            {"a":12}        | {"a":1.2}
            {"a":null}      | {}
            {"a":null}      | {"a":false}
            {"a":null}      | {"a":0}
            {"a":[]}        | {"a":{}}
            {"a":[[],[]]}   | {"a":[[[]]]}
            {"a":"x","b":""} | {"a":"","b":"x"}
            {"a":"é"}       | {"a":"e\\u0301"}
            {"a":0.1}       | {"a":0.1000000000000000055511151231257827}
            {"a":9007199254740993} | {"a":9007199254740992}
            {}              | ``
            """)
    void differsForOtherContent(String one, String other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    @Test
    void everyFieldButTheIdCounts() {
        String body = "{\"pedido_id\":\"p\",\"recebedor_id\":\"r\",\"origem\":\"web\","
                + "\"itens\":[{\"sku\":\"A\",\"quantidade\":1,\"preco_centavos\":0},{\"sku\":\"B\",\"quantidade\":1}]}";
        String same = of(body);
        assertThat(of(body.replace("\"p\"", "\"q\""))).isEqualTo(same);
        assertThat(of(body.replace("{\"pedido_id\"", "{\"tipo\":\"pedido\",\"pedido_id\"")))
                .isEqualTo(same);
        assertThat(of(body.replace("{\"pedido_id\"", "{\"tipo\":\"nota\",\"pedido_id\"")))
                .isNotEqualTo(same);
        assertThat(of(body.replace("\"r\"", "\"s\""))).isNotEqualTo(same);
        assertThat(of(body.replace("web", "api"))).isNotEqualTo(same);
        assertThat(of(body.replace("\"quantidade\":1,", "\"quantidade\":2,"))).isNotEqualTo(same);
        assertThat(of(body.replace(",\"preco_centavos\":0", ""))).isNotEqualTo(same);
    }

    /** Rows hold it: if this one changes, every stored hash is another one. */
    @Test
    void staysWhatItWas() {
        assertThat(hash("{\"b\":[1,2.50,\"é\",null,true],\"a\":{}}"))
                .isEqualTo("c673e17e11f6902b8b1684b236312a511de9f5ebd0e5df6772bd33548b0a1146");
    }

    private static String hash(String dados) {
        return of("{\"pedido_id\":\"p\",\"tipo\":\"t\",\"recebedor_id\":\"r\",\"origem\":\"web\""
                + (dados.isEmpty() ? "" : ",\"dados\":" + dados) + "}");
    }

    private static String of(String body) {
        Pedido pedido = PedidoCodec.readMessage(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(PayloadHash.of(pedido));
    }
}
