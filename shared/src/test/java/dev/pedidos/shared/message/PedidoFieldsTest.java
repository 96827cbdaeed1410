package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PedidoFieldsTest {
    private static final String VALID = """
            {"pedido_id":"p-1","tipo":"pedido","recebedor_id":"r-1","origem":"web",
             "itens":[{"sku":"A","quantidade":2,"preco_centavos":150},{"sku":"B","quantidade":1}],"dados":{"x":1}}""";

    @Test
    void readsEveryField() {
        Draft draft = draft(VALID);
        assertThat(draft.pedidoId()).isEqualTo("p-1");
        assertThat(draft.tipo()).isEqualTo("pedido");
        assertThat(draft.recebedorId()).isEqualTo("r-1");
        assertThat(draft.origem()).isEqualTo("web");
        assertThat(draft.itens()).containsExactly(new Item("A", 2, 150L), new Item("B", 1, null));
        assertThat(draft.dados()).hasToString("{\"x\":1}");
    }

    @Test
    void pedidoIdMayBeAbsentAtTheDoorButNotInAMessage() {
        String body = VALID.replace("\"pedido_id\":\"p-1\",", "");
        assertThat(draft(body).pedidoId()).isNull();
        assertThat(PedidoCodec.readMessage(bytes(VALID)).pedidoId()).isEqualTo("p-1");
        assertThatThrownBy(() -> PedidoCodec.readMessage(bytes(body))).hasMessage("pedido_id: is required");
    }

    @Test
    void tipoIsPedidoByDefaultAndItensAreOptionalForOthers() {
        assertThat(draft(VALID.replace("\"tipo\":\"pedido\",", "")).tipo()).isEqualTo("pedido");
        assertThat(draft("{\"tipo\":\"nota\",\"recebedor_id\":\"r\",\"origem\":\"api\"}")
                        .itens())
                .isEmpty();
    }

    /** The valid body with one piece replaced, and the one fault that must come of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "quantidade":2        | "quantidade":"5"        | itens[0].quantidade     | must be an integer
            "quantidade":2        | "quantidade":5.0        | itens[0].quantidade     | must be an integer
            "quantidade":2        | "quantidade":1e2        | itens[0].quantidade     | must be an integer
            "quantidade":2        | "quantidade":1e400      | itens[0].quantidade     | must be an integer
            "quantidade":2        | "quantidade":1e9999999999999 | itens[0].quantidade | must be an integer
            "quantidade":2        | "quantidade":true       | itens[0].quantidade     | must be an integer
            "quantidade":2        | "quantidade":[]         | itens[0].quantidade     | must be an integer
            "quantidade":2        | "quantidade":null       | itens[0].quantidade     | must not be null
            "quantidade":2        | "quantidade":0          | itens[0].quantidade     | must be between 1 and 1000000
            "quantidade":2        | "quantidade":-1         | itens[0].quantidade     | must be between 1 and 1000000
            "quantidade":2        | "quantidade":1000001    | itens[0].quantidade     | must be between 1 and 1000000
            "quantidade":2        | "quantidade":2147483648 | itens[0].quantidade     | must be between 1 and 1000000
            "quantidade":2        | "quantidade":9223372036854775808 | itens[0].quantidade | must be between 1 and 1000000
            "quantidade":2,       | ``                      | itens[0].quantidade     | is required
            "preco_centavos":150  | "preco_centavos":-1     | itens[0].preco_centavos | must be between 0 and 1000000000000
            "preco_centavos":150  | "preco_centavos":1000000000001 | itens[0].preco_centavos | must be between 0 and 1000000000000
            "preco_centavos":150  | "preco_centavos":null   | itens[0].preco_centavos | must not be null
            "preco_centavos":150  | "preco":150             | itens[0].preco          | unknown field
            "sku":"A"             | "sku":"B"               | itens[1].sku            | the same sku is in an earlier item
            "sku":"A"             | "sku":"A B"             | itens[0].sku            | must be 1 to 64 of A-Z a-z 0-9 . _ : -
            "sku":"A"             | "sku":""                | itens[0].sku            | must be 1 to 64 of A-Z a-z 0-9 . _ : -
            "sku":"A"             | "sku":"a\\u0000"        | itens[0].sku            | must be 1 to 64 of A-Z a-z 0-9 . _ : -
            "sku":"A"             | "sku":7                 | itens[0].sku            | must be a string
            {"sku":"B","quantidade":1} | "B"                | itens[1]                | must be an object
            "pedido_id":"p-1"     | "pedido_id":"p\\r\\nX: y" | pedido_id             | must be 1 to 64 of A-Z a-z 0-9 . _ : -
            "pedido_id":"p-1"     | "pedido_id":null        | pedido_id               | must not be null
            "pedido_id":"p-1"     | "pedido_id":"."         | pedido_id               | must not be . or .., which clients and proxies take out of addresses
            "recebedor_id":"r-1"  | "recebedor_id":".."     | recebedor_id            | must not be . or .., which clients and proxies take out of addresses
            "sku":"A"             | "sku":"."               | itens[0].sku            | must not be . or .., which clients and proxies take out of addresses
            "recebedor_id":"r-1"  | "recebedor_id":"ç"      | recebedor_id            | must be 1 to 64 of A-Z a-z 0-9 . _ : -
            "recebedor_id":"r-1", | ``                      | recebedor_id            | is required
            "origem":"web"        | "origem":"WEB"          | origem                  | must be one of api, mobile, web
            "origem":"web"        | "origem":false          | origem                  | must be a string
            "tipo":"pedido"       | "tipo":null             | tipo                    | must not be null
            "tipo":"pedido"       | "tipo":"ninguem"        | tipo                    | no worker has registered this tipo
            "dados":{"x":1}       | "dados":null            | dados                   | must not be null
            "dados":{"x":1}       | "dados":[1]             | dados                   | must be an object
            "dados":{"x":1}       | "dados":{"x":{"y":"\\u0000"}} | dados.x.y         | must not contain U+0000
            "dados":{"x":1}       | "dados":{"x":["\\ud800"]} | dados.x[0]            | must not contain half a surrogate pair
            "dados":{"x":1}       | "dados":{"x":"\\udc00\\ud800"} | dados.x          | must not contain half a surrogate pair
            "dados":{"x":1}       | "dados":{"a\\u0000b":1} | dados.a\\u0000b         | its name must not contain U+0000
            "dados":{"x":1}       | "dados":{"x":1e400}     | dados.x                 | number too large, too small or with too many digits
            "dados":{"x":1}       | "dados":{"x":-1e-400}   | dados.x                 | number too large, too small or with too many digits
            "dados":{"x":1}       | "dados":{"x":1e99999999999} | dados.x             | number too large, too small or with too many digits
            "dados":{"x":1}       | "dados":{"x":0e999999}  | dados.x                 | number too large, too small or with too many digits
            "dados":{"x":1}       | "dado":{"x":1}          | dado                    | unknown field
            """)
    void namesTheFaultyField(String piece, String instead, String field, String message) {
        assertThat(VALID).contains(piece);
        String body = VALID.replace(piece, instead);
        assertThat(faults(body)).containsExactly(new FieldError(field, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a whole pair   | "\\ud83d\\ude00"
                    a large double | 1.7976931348623157e308
                    a small double | 4.9e-324
                    300 digits     | 111111111111111111111111111111111111111111111111111111111111111111111111111111111111
                    minus zero     | -0.0
                    an empty key   | {"":[{},[],null,true]}
                    """)
    void takesInDadosWhatJsonbCanHold(String what, String value) {
        assertThat(draft(VALID.replace("{\"x\":1}", "{\"x\":" + value + "}")).dados())
                .as(what)
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1e308, 43000, true",
        "1e-320, 36000, true",
        "-1e40, 40000, true",
        "1e308, 800, false",
        "1e21, 12000, false",
        "1e9, 60000, false",
        "0e300, 40000, false",
        "0.0000001, 25000, false",
        "123456789012345678901234567890, 8000, false"
    })
    void aBodyThatGrowsFarBeyondItsLimitWhenItsNumbersAreWrittenOutIsRefused(
            String number, int times, boolean refused) {
        String body = VALID.replace("{\"x\":1}", "{\"x\":[" + (number + ",").repeat(times - 1) + number + "]}");
        assertThat(body.length()).isLessThan(Limits.BODY_BYTES);
        if (refused) {
            assertThat(faults(body)).extracting(FieldError::field).containsExactly("dados");
        } else {
            assertThat(draft(body).dados()).isNotNull();
        }
        var accepted = PedidoCodec.readAccepted(body.getBytes(StandardCharsets.UTF_8));
        assertThat(accepted.dados()).as("accepted before this bound").isNotNull();
    }

    @Test
    void namesAllFaultyFieldsAtOnce() {
        assertThat(
                        faults(
                                "{\"tipo\":5,\"origem\":\"fax\",\"itens\":[{\"sku\":1},3],\"dados\":{\"a\":1e400},\"extra\":1}"))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "extra",
                        "tipo",
                        "recebedor_id",
                        "origem",
                        "itens[0].sku",
                        "itens[0].quantidade",
                        "itens[1]",
                        "dados.a");
    }

    @Test
    void takes1To100Itens() {
        assertThat(draft(withItens(100)).itens()).hasSize(100);
        for (int count : List.of(0, 101, 5_000)) {
            assertThat(faults(withItens(count))).containsExactly(new FieldError("itens", "must have 1 to 100 itens"));
        }
        String other = withItens(0).replace("{\"rec", "{\"tipo\":\"nota\",\"rec");
        assertThat(faults(other)).hasSize(1);
    }

    @Test
    void aBodyThatIsNoObjectIsAFaultyFieldNotMalformed() {
        for (String body : List.of("[]", "5", "null", "\"x\"", "true")) {
            assertThat(faults(body)).containsExactly(new FieldError("$", "must be an object"));
        }
    }

    @Test
    void aNumberThatIsTooLongToBeReadIsAFaultyFieldNotMalformed() {
        String digits = "9".repeat(2_000);
        String body = VALID.replace("\"quantidade\":2", "\"quantidade\":" + digits)
                .replace("\"dados\":{\"x\":1}", "\"dados\":{\"x\":0." + digits + "}");
        assertThat(faults(body)).extracting(FieldError::field).containsExactly("itens[0].quantidade", "dados.x");
    }

    @Test
    void thirtyThousandFaultsAreAnsweredWithABoundedList() {
        String body =
                IntStream.range(0, 30_000).mapToObj(i -> "\"f" + i + "\":0").collect(Collectors.joining(",", "{", "}"));
        assertThat(faults(body)).hasSize(Limits.FAULTS_LISTED);
    }

    private static String withItens(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\":\"S" + i + "\",\"quantidade\":1}")
                .collect(Collectors.joining(",", "{\"recebedor_id\":\"r\",\"origem\":\"api\",\"itens\":[", "]}"));
    }

    @Test
    void theFirstHundredFaultsOfDadosAreNamed() {
        String faulty = "\"dados\":{\"" + "x".repeat(300) + "\":[" + "1e999,".repeat(10_000) + "1e999]}";
        assertThat(faults(VALID.replace("\"dados\":{\"x\":1}", faulty)))
                .hasSize(100)
                .allSatisfy(fault -> assertThat(fault.field()).hasSizeLessThan(210));
    }

    private static List<FieldError> faults(String body) {
        return catchThrowableOfType(InvalidFields.class, () -> draft(body)).errors();
    }

    private static Draft draft(String body) {
        return PedidoCodec.readDraft(bytes(body), tipo -> !"ninguem".equals(tipo), CallbackHosts.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
