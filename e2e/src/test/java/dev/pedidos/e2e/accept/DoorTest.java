package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestSystem;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests at the HTTP server: a 4xx that names the field and leaves no trace, or a pedido that the ledger holds and
 * returns.
 */
class DoorTest {
    private static final String VALID =
            "{\"pedido_id\":\"door\",\"recebedor_id\":\"r\",\"origem\":\"web\",\"itens\":[{\"sku\":\"A\",\"quantidade\":2}]}";

    private static TestSystem system;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("door", Map.of());
        http = new Http(system.apiByLedger());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void aMalformedBodyIsRefused(String what, byte[] body) throws Exception {
        HttpResponse<String> response = http.post(body);
        assertRefused(response, 400, "/problems/malformed-json");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                bytes("an empty body", ""),
                bytes("no JSON", "pedido"),
                bytes("an open object", VALID.substring(0, 40)),
                bytes("trailing bytes", VALID + "x"),
                bytes("two values", VALID + VALID),
                bytes("a duplicate key", VALID.replace("{\"pedido_id\"", "{\"origem\":\"web\",\"pedido_id\"")),
                bytes("NaN", VALID.replace(":2", ":NaN")),
                bytes("nesting of 100,000", "{\"dados\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"),
                bytes("nesting of 33", withDados("[".repeat(32) + "]".repeat(32))),
                bytes("a byte order mark", "\uFEFF" + VALID),
                Arguments.of("UTF-16", VALID.getBytes(StandardCharsets.UTF_16LE)),
                Arguments.of("0xFF", new byte[] {(byte) 0xFF, (byte) 0xFF}),
                Arguments.of("Latin-1", withDados("{\"x\":\"ç\"}").getBytes(StandardCharsets.ISO_8859_1)),
                Arguments.of("a zero byte", (VALID + "\0").getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("faulty")
    void aFaultyFieldIsNamed(String what, String body, String field) throws Exception {
        HttpResponse<String> response = http.json("POST", "/pedidos", body);
        assertRefused(response, 422, "/problems/invalid-fields");
        assertThat(Http.tree(response).at("/errors/0/field").asString("")).isEqualTo(field);
    }

    static Stream<Arguments> faulty() {
        return Stream.of(
                Arguments.of("a string for an integer", VALID.replace(":2", ":\"2\""), "itens[0].quantidade"),
                Arguments.of("2.0", VALID.replace(":2", ":2.0"), "itens[0].quantidade"),
                Arguments.of("1e2", VALID.replace(":2", ":1e2"), "itens[0].quantidade"),
                Arguments.of("1e400", VALID.replace(":2", ":1e400"), "itens[0].quantidade"),
                Arguments.of("true", VALID.replace(":2", ":true"), "itens[0].quantidade"),
                Arguments.of("null", VALID.replace(":2", ":null"), "itens[0].quantidade"),
                Arguments.of("zero", VALID.replace(":2", ":0"), "itens[0].quantidade"),
                Arguments.of("negative", VALID.replace(":2", ":-2"), "itens[0].quantidade"),
                Arguments.of("2^31", VALID.replace(":2", ":2147483648"), "itens[0].quantidade"),
                Arguments.of("digits", VALID.replace(":2", ":" + "9".repeat(100_000)), "itens[0].quantidade"),
                Arguments.of("2^63", VALID.replace(":2", ":9223372036854775808"), "itens[0].quantidade"),
                Arguments.of("CR LF in an id", VALID.replace("door", "a\\r\\nb"), "pedido_id"),
                Arguments.of("U+0000 in an id", VALID.replace("door", "a\\u0000"), "pedido_id"),
                Arguments.of("an id too long", VALID.replace("door", "x".repeat(65)), "pedido_id"),
                Arguments.of("an empty id", VALID.replace("door", ""), "pedido_id"),
                Arguments.of("a field missing", VALID.replace("\"origem\":\"web\",", ""), "origem"),
                Arguments.of("a field unknown", VALID.replace("{\"pedido", "{\"foo\":1,\"pedido"), "foo"),
                Arguments.of(
                        "callback_url, not yet", VALID.replace("{\"pe", "{\"callback_url\":\"\",\"pe"), "callback_url"),
                Arguments.of("a tipo that nobody handles", VALID.replace("{\"pe", "{\"tipo\":\"nobody\",\"pe"), "tipo"),
                Arguments.of(
                        "a tipo whose handler is off", VALID.replace("{\"pe", "{\"tipo\":\"simulado\",\"pe"), "tipo"),
                Arguments.of("an id that vanishes from addresses", VALID.replace("door", "."), "pedido_id"),
                Arguments.of("a receiver that does", VALID.replace("\"r\"", "\"..\""), "recebedor_id"),
                Arguments.of("a sku that does", VALID.replace("\"A\"", "\"..\""), "itens[0].sku"),
                Arguments.of("no object", "[]", "$"),
                Arguments.of("U+0000 in dados", withDados("{\"x\":\"\\u0000\"}"), "dados.x"),
                Arguments.of("half a surrogate pair", withDados("{\"x\":[\"\\ud800\"]}"), "dados.x[0]"),
                Arguments.of("a number beyond a double", withDados("{\"x\":1e400}"), "dados.x"),
                Arguments.of("an exponent beyond an int", withDados("{\"x\":1e99999999999}"), "dados.x"));
    }

    /** Accepted content must get through the ledger and the broker too, not only through our checks. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void unusualDadosAreAccepted(String id, String dados) throws Exception {
        String body = withDados(dados).replace("door", id);
        assertThat(http.json("POST", "/pedidos", body).statusCode()).isEqualTo(202);
        // A database that stands still for seconds lets the broker take it.
        system.awaitCount("select count(*) from pedidos where pedido_id = '" + id + "'", 1);
        Awaitility.await("a replay")
                .until(() -> http.json("POST", "/pedidos", body).statusCode() == 200);
        assertThat(http.get("/pedidos/" + id).path("dados").toString()).isNotEqualTo("null");
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                Arguments.of(
                        "taken-numbers",
                        "{\"x\":[1e308,-1.5e-300,4.9e-324,0.0,-0,1E2,123456789012345678901234567890]}"),
                Arguments.of("taken-digits", "{\"x\":" + "7".repeat(300) + ".5}"),
                Arguments.of("taken-text", "{\"x\":\"\\u0001\\uFFFF\\ud83d\\ude00 ç \\\" \\\\\",\"\":{\"y\":null}}"),
                Arguments.of("taken-depth", "{\"x\":" + "[".repeat(30) + "]".repeat(30) + "}"),
                Arguments.of("taken-size", "{\"x\":\"" + "y".repeat(200_000) + "\"}"),
                Arguments.of("taken-empty", "{}"));
    }

    @Test
    void a10MegabyteBodyIsTooLargeWithALengthAndChunked() throws Exception {
        byte[] body = new byte[10_000_000];
        assertRefused(http.post(body), 413, "/problems/too-large");
        var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        assertRefused(
                http.send("POST", "/pedidos", chunked, "Content-Type", "application/json")
                        .get(),
                413,
                "/problems/too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /pedidos?recebedor_id=%ff",
                "GET /pedidos?recebedor_id=",
                "GET /pedidos?status=PENDING%ff",
                "GET /pedidos/door?x=1",
                "GET /pedidos/door/events?x=1",
                "GET /dlq?motivo=%c3",
                "GET /dlq/groups?motivo=",
                "GET /dlq/redrives/door?x=1",
                "GET /recebedores?retido=",
                "GET /estoque/A?x=1",
                "GET /workers?x=1",
                "GET /healthz?x=1",
                "GET /readyz?x=1",
                "GET /metrics?x=1",
                "HEAD /pedidos?x=1",
                "POST /pedidos?x=1",
                "PUT /estoque?x=1",
                "PUT /estoque/A?x=1",
                "POST /dlq/door/redrive?x=1",
                "POST /dlq/redrive?todos=true",
                "POST /recebedores/door/release?x=1",
                "DELETE /dlq/door?motivo=",
                "DELETE /dlq/door?motivo=a&motivo=b",
                "DELETE /dlq/door?x=1",
                "DELETE /dlq/door",
            })
    void noParameterIsIgnored(String request) throws Exception {
        String[] parts = request.split(" ");
        var response = http.send(parts[0], parts[1], BodyPublishers.noBody()).get();
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void redrivingAllNeedsToBeSaid() throws Exception {
        assertRefused(http.json("POST", "/dlq/redrive", "{}"), 422, "/problems/invalid-fields");
        assertRefused(http.json("POST", "/dlq/redrive", "{\"por_segundo\":5}"), 422, "/problems/invalid-fields");
        assertThat(http.json("POST", "/dlq/redrive", "{\"todos\":true}").statusCode())
                .isEqualTo(202);
    }

    @Test
    void theMotivoOfADiscardMayStandInTheAddress() throws Exception {
        var discard = http.send("DELETE", "/dlq/nobody?motivo=n%C3%A3o+quer", BodyPublishers.noBody());
        assertRefused(discard.get(), 404, "/problems/not-found");
        assertRefused(
                http.json("DELETE", "/dlq/nobody?motivo=x", "{\"motivo\":\"x\"}"), 422, "/problems/invalid-fields");
    }

    @Test
    void aRedriveThatTheDatabaseRefusesForGoodIsNotRepeated() throws Exception {
        system.alter("alter table pedidos add constraint not_this check (pedido_id <> 'door')");
        system.alter("alter table estoque add constraint not_this check (sku <> 'door')");
        for (var response : List.of(
                http.json("POST", "/pedidos", VALID), http.json("PUT", "/estoque/door", "{\"disponivel\":1}"))) {
            assertRefused(response, 500, "/problems/internal-error");
            assertThat(response.headers().firstValue("Retry-After")).isEmpty();
        }
        system.alter("alter table pedidos drop constraint not_this");
        system.alter("alter table estoque drop constraint not_this");
    }

    private static void assertRefused(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Http.tree(response).path("type").asString("")).isEqualTo(type);
        assertThat(system.count("select count(*) from pedidos where pedido_id not like 'taken-%'"))
                .isZero();
        assertThat(system.count("select count(*) from operation_events where external_id not like 'taken-%'"))
                .isZero();
    }

    private static String withDados(String dados) {
        return VALID.substring(0, VALID.length() - 1) + ",\"dados\":" + dados + "}";
    }

    private static Arguments bytes(String what, String body) {
        return Arguments.of(what, body.getBytes(StandardCharsets.UTF_8));
    }
}
