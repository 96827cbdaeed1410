package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that may send requests, and under which names the server answers. */
@Timeout(60)
class OriginRulesTest {
    private static final RulesServer SERVER = new RulesServer();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override: POST",
        "x-http-method-override: DELETE",
        "X-HTTP-Method: DELETE",
        "X-Method-Override: DELETE",
    })
    void aGetReadsWhateverItsHeadersWantItToBe(String header) throws Exception {
        assertThat(SERVER.call("GET /dlq/1", header)).startsWith("HTTP/1.1 200");
        assertThat(SERVER.call("GET /dlq/1/redrive", header)).startsWith("HTTP/1.1 405");
        assertThat(SERVER.call("POST /dlq/1/redrive", header)).startsWith("HTTP/1.1 202");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil",
                "Origin: null",
                "Origin:",
                "Origin: http://here.evil",
                "Origin: http://here:8081",
                "Origin: file://here",
                "Origin: here",
                "Origin: http://here\r\nOrigin: http://evil",
                "Origin: http://here, http://evil",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: anything",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
                "Origin: http://evil\r\nSec-Fetch-Site: same-origin",
                "Origin: http://here\r\nSec-Fetch-Site: cross-site",
            })
    void aPageOfAnotherOriginChangesNothing(String headers) throws Exception {
        for (String request : List.of("POST /dlq/1/redrive", "DELETE /dlq/1", "POST /nowhere", "PUT /dlq/1")) {
            assertThat(SERVER.call(request, headers)).startsWith("HTTP/1.1 403").contains("\"/problems/forbidden\"");
        }
        assertThat(SERVER.call("GET /dlq/1", headers)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "Origin: http://here",
                "Origin: https://here",
                "Origin: http://HERE",
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: http://here\r\nSec-Fetch-Site: same-origin",
            })
    void ourOwnPagesAndClientsThatAreNoBrowserMay(String headers) throws Exception {
        assertThat(SERVER.call("POST /dlq/1/redrive", headers)).startsWith("HTTP/1.1 202");
    }

    @ParameterizedTest
    @CsvSource({
        "here, 200",
        "here:8080, 200",
        "HERE:1, 200",
        "there:81, 200",
        "there:82, 403",
        "there, 403",
        "evil, 403",
        "here.evil, 403",
        "evil:80, 403",
        "localhost, 403",
        "'', 400",
        "here:, 400",
        "here@evil, 400",
    })
    void onlyTheNamesThatAreAllowedAreAnsweredTo(String host, int status) throws Exception {
        String answer = SERVER.answer("GET /dlq/1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        if (status >= 400) {
            assertThat(answer).contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 200",
        "127.0.0.1, 200",
        "127.0.0.2:8080, 403",
        "127.1, 403",
        "999.0.0.1, 403",
        "localhost, 403",
        "evil, 403",
        "[::1], 403"
    })
    void aMonitorMayAskForTheMetricsUnderTheAddressAtWhichItComesIn(String host, int status) throws Exception {
        assertThat(SERVER.answer("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void probesAreAnsweredUnderAnyName() throws Exception {
        assertThat(SERVER.answer("GET /healthz HTTP/1.1\r\nHost: 10.1.2.3:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(SERVER.answer("GET /healthz/../dlq/1 HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://evil/dlq/1 HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
                "GET /dlq/1 HTTP/1.1\r\nHost: here\r\nHost: evil\r\nConnection: close\r\n\r\n",
                "GET /dlq/1 HTTP/1.1\r\nHost: evil\r\nHost: here\r\nConnection: close\r\n\r\n",
                "GET /dlq/1 HTTP/1.1\r\nHost: here, evil\r\nConnection: close\r\n\r\n",
            })
    void aSecondNameOpensNoWayAround(String request) throws Exception {
        assertThat(SERVER.answer(request)).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }
}
