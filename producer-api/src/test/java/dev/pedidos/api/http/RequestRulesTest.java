package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies, requests that are no HTTP, and the errors of the database. */
@Timeout(60)
class RequestRulesTest {
    private static final RulesServer SERVER = new RulesServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                  | 202
            application/json; charset=utf-8   | 202
            application/json; charset=nope    | 415
            application/json; charset=        | 415
            application/json; charset=utf-16  | 415
            application/json;;;               | 202
            text/plain                        | 415
            text/plain; charset=nope          | 415
            multipart/form-data               | 415
            application/x-www-form-urlencoded | 415
            /                                 | 415
            ''                                | 415
            """)
    void aBodyNeedsATypeThatWeRead(String type, int status) throws Exception {
        assertThat(SERVER.call("POST /dlq/1/redrive", "Content-Type: " + type + "\r\nContent-Length: 2", "{}"))
                .startsWith("HTTP/1.1 " + status);
        assertThat(SERVER.call("GET /dlq/1", "Content-Type: " + type)).startsWith("HTTP/1.1 200");
    }

    @Test
    void aBodyWithoutATypeOrWithTwoIsNotRead() throws Exception {
        assertThat(SERVER.call("POST /dlq/1/redrive", "Content-Length: 2", "{}"))
                .startsWith("HTTP/1.1 415");
        String two = "Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 2";
        assertThat(SERVER.call("POST /dlq/1/redrive", two, "{}")).startsWith("HTTP/1.1 415");
        assertThat(SERVER.call("POST /dlq", "A: b")).startsWith("HTTP/1.1 415");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip, chunked", "gzip", "identity", "chunked, chunked", "chunked\r\nTransfer-Encoding: gzip"})
    void aCodingThatWeDoNotUndoIsRefused(String coding) throws Exception {
        String headers = "Content-Type: application/json\r\nTransfer-Encoding: " + coding;
        assertThat(SERVER.call("POST /dlq", headers, "2\r\n{}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"/problems/bad-request\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /dlq/1 now HTTP/1.1\r\nHost: here\r\n\r\n",
                "GET /dlq/1 HTTP/9.9\r\nHost: here\r\n\r\n",
                "GET /dlq/1 http\r\nHost: here\r\n\r\n",
                "GET\r\nHost: here\r\n\r\n",
                "\u0001\u0002\u0003\r\n\r\n",
                "GET /dlq/1 HTTP/1.1\r\nHost here\r\n\r\n",
                "GET /dlq/1 HTTP/1.1\r\nHost: here\r\n folded\r\n\r\n",
                "POST /dlq HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                "POST /dlq HTTP/1.1\r\nHost: here\r\nContent-Length: x\r\n\r\n{}",
            })
    void aRequestThatIsNoHttpIsTheClientsFault(String request) throws Exception {
        assertThat(SERVER.answer(request))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"/problems/bad-request\"", "\"status\":400");
    }

    @Test
    void anErrorThatQuotesAFieldIsUtf8() throws Exception {
        byte[] answer = SERVER.bytes("GET /named HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\"field\":\"ação 😀\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "23514", "54000", "42P01", "42501"})
    void whatTheDatabaseRefusesForGoodIsNotAskedForAgain(String state) throws Exception {
        assertThat(SERVER.call("GET /sqlstate/" + state, "A: b"))
                .startsWith("HTTP/1.1 500")
                .contains("\"/problems/internal-error\"")
                .doesNotContain("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "08006", "25006", "28P01", "40001", "53300", "55P03", "57014", "XX000"})
    void whileTheDatabaseCannotWorkItIs(String state) throws Exception {
        assertThat(SERVER.call("GET /sqlstate/" + state, "A: b"))
                .startsWith("HTTP/1.1 503")
                .contains("\"/problems/unavailable\"", "Retry-After: ");
    }
}
