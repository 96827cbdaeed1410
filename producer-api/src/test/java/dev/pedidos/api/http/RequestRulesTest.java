package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.JsonText;
import dev.pedidos.shared.runtime.MemoryShare;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that say more or something else than a plain client would. */
@Timeout(60)
class RequestRulesTest {
    private static final HttpServer SERVER = new HttpServer(
            "127.0.0.1",
            0,
            HostNames.of(Optional.of("here,there:81"), "127.0.0.1"),
            request -> kind(RequestPath.of(request).equals("/dlq") ? 5 : 100),
            new MemoryShare(100_000),
            100,
            Duration.ofSeconds(1),
            new SimpleMeterRegistry());

    private static BodyKind kind(int limitBytes) {
        return new BodyKind(limitBytes, new MemoryShare(100_000), new MemoryShare(1_000_000));
    }

    @BeforeAll
    static void open() {
        SERVER.open(List.of(RequestRulesTest::addTo));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static void addTo(RoutesConfig routes) {
        Routes.post(routes, "/dlq/{id}/redrive", ctx -> {
            Exchange.jsonOrNothing(ctx);
            Exchange.json(ctx, 202, JsonText.quoted(ctx.pathParam("id")));
        });
        Routes.post(routes, "/dlq", ctx -> Exchange.json(ctx, 202, "" + Exchange.jsonBody(ctx).length));
        Routes.delete(routes, "/dlq/{id}", ctx -> Exchange.json(ctx, 200, "1"));
        Routes.get(routes, "/dlq/{id}", ctx -> Exchange.json(ctx, 200, "1"));
        Routes.get(routes, "/healthz", ctx -> Exchange.json(ctx, 200, "1"));
        Routes.list(routes, "/list", ctx -> {
            var parameters = new Parameters(Exchange.query(ctx), Set.of("status", "limit"));
            var status = parameters.checked("status", text -> text.matches("[A-Za-zç ]+"), "must be letters");
            parameters.limit();
            parameters.throwIfFaulty();
            Exchange.json(ctx, 200, JsonText.quoted(status.orElse("all")));
        });
        Routes.get(routes, "/named", ctx -> {
            throw new InvalidFields(List.of(new FieldError("ação 😀", "unknown field")));
        });
        Routes.get(routes, "/sqlstate/{state}", ctx -> {
            throw new UnableToExecuteStatementException(new SQLException("failed", ctx.pathParam("state")), null);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "X-HTTP-Method-Override: POST",
        "x-http-method-override: DELETE",
        "X-HTTP-Method: DELETE",
        "X-Method-Override: DELETE",
    })
    void a_get_reads_whatever_its_headers_want_it_to_be(String header) throws Exception {
        assertThat(call("GET /dlq/1", header)).startsWith("HTTP/1.1 200");
        assertThat(call("GET /dlq/1/redrive", header)).startsWith("HTTP/1.1 405");
        assertThat(call("POST /dlq/1/redrive", header)).startsWith("HTTP/1.1 202");
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
    void a_page_of_another_origin_changes_nothing(String headers) throws Exception {
        for (String request : List.of("POST /dlq/1/redrive", "DELETE /dlq/1", "POST /nowhere", "PUT /dlq/1")) {
            assertThat(call(request, headers)).startsWith("HTTP/1.1 403").contains("\"/problems/forbidden\"");
        }
        assertThat(call("GET /dlq/1", headers)).startsWith("HTTP/1.1 200");
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
    void our_own_pages_and_clients_that_are_no_browser_may(String headers) throws Exception {
        assertThat(call("POST /dlq/1/redrive", headers)).startsWith("HTTP/1.1 202");
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
    void only_the_names_that_are_allowed_are_answered_to(String host, int status) throws Exception {
        String answer =
                RawHttp.answer(SERVER.port(), "GET /dlq/1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        if (status >= 400) {
            assertThat(answer).contains("application/problem+json");
        }
    }

    @Test
    void probes_are_answered_under_any_name() throws Exception {
        assertThat(RawHttp.answer(
                        SERVER.port(), "GET /healthz HTTP/1.1\r\nHost: 10.1.2.3:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(RawHttp.answer(
                        SERVER.port(), "GET /healthz/../dlq/1 HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n"))
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
    void a_second_name_opens_no_way_around(String request) throws Exception {
        assertThat(RawHttp.answer(SERVER.port(), request))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?status=%zz                  | status
            ?status=PENDING%             | status
            ?status=PENDING%2            | status
            ?status=%ff                  | status
            ?status=%c3%28               | status
            ?status=%ed%a0%80            | status
            ?status=%c0%ae               | status
            ?status=%u0041               | status
            ?status=%+41                 | status
            ?status=%-1                  | status
            ?status=ç                    | status
            ?%zz=1                       | %zz
            ?st%61tus=%zz                | status
            ?status=                     | status
            ?status                      | status
            ?limit=                      | limit
            ?status=a&status=a           | status
            ?status=a&st%61tus=b         | status
            ?recebedor=1                 | recebedor
            ?STATUS=a                    | STATUS
            ?status[]=a                  | status[]
            ?status=a&                   | ''
            ?status=a&&limit=1           | ''
            ?=a                          | ''
            ?_method=DELETE              | _method
            ?status=a;limit=1            | status
            """)
    void a_broken_filter_is_refused_and_named(String query, String field) throws Exception {
        assertThat(call("GET /list" + query, "A: b"))
                .startsWith("HTTP/1.1 422")
                .contains("\"field\":" + JsonText.quoted(field));
    }

    @ParameterizedTest
    @CsvSource({"'', all", "?, all", "?status=a+%C3%A7%20b, a ç b", "?st%61tus=%41&limit=5, A"})
    void a_filter_that_can_be_read_filters(String query, String answer) throws Exception {
        assertThat(call("GET /list" + query, "A: b")).startsWith("HTTP/1.1 200").endsWith("\"" + answer + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x=1", "?%zz", "?x", "?limit=5", "?&"})
    void addresses_without_parameters_take_none(String query) throws Exception {
        for (String request : List.of("GET /dlq/1", "HEAD /dlq/1", "POST /dlq/1/redrive", "POST /dlq")) {
            assertThat(call(request + query, "Content-Type: application/json")).startsWith("HTTP/1.1 422");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dlq/./redrive",
                "/dlq/../redrive",
                "/dlq/%2e/redrive",
                "/dlq/%2E%2e/redrive",
                "/dlq/.%2e/redrive",
                "/dlq/%ff/redrive",
                "/dlq/%c3%28/redrive",
                "/dlq/%u0041/redrive",
            })
    void a_part_that_vanishes_or_cannot_be_read_is_refused(String path) throws Exception {
        assertThat(call("POST " + path, "A: b"))
                .startsWith("HTTP/1.1 422")
                .contains("\"field\":\"path\"", "application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dlq//redrive",
                "/dlq/%zz/redrive",
                "/dlq/%/redrive",
                "/dlq/%f/redrive",
                "//dlq/1/redrive",
                "/dlq/a%2fb/redrive",
                "/dlq/a/b/redrive",
                "/dlq/.;/redrive",
                "/dlq/..;x=1/redrive",
                "/dlq\\1\\redrive",
                "/dlq/1/redrive%00",
                "/dlq/1/redrive;jsessionid=1",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/../dlq/1/redrive",
                "*",
            })
    void no_other_spelling_of_an_address_is_taken(String path) throws Exception {
        assertThat(call("POST " + path, "A: b")).startsWith("HTTP/1.1 4").contains("application/problem+json");
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
    void a_body_needs_a_type_that_we_read(String type, int status) throws Exception {
        assertThat(call("POST /dlq/1/redrive", "Content-Type: " + type + "\r\nContent-Length: 2", "{}"))
                .startsWith("HTTP/1.1 " + status);
        assertThat(call("GET /dlq/1", "Content-Type: " + type)).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_body_without_a_type_or_with_two_is_not_read() throws Exception {
        assertThat(call("POST /dlq/1/redrive", "Content-Length: 2", "{}")).startsWith("HTTP/1.1 415");
        String two = "Content-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: 2";
        assertThat(call("POST /dlq/1/redrive", two, "{}")).startsWith("HTTP/1.1 415");
        assertThat(call("POST /dlq", "A: b")).startsWith("HTTP/1.1 415");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip, chunked", "gzip", "identity", "chunked, chunked", "chunked\r\nTransfer-Encoding: gzip"})
    void a_coding_that_we_do_not_undo_is_refused(String coding) throws Exception {
        String headers = "Content-Type: application/json\r\nTransfer-Encoding: " + coding;
        assertThat(call("POST /dlq", headers, "2\r\n{}\r\n0\r\n\r\n"))
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
    void a_request_that_is_no_http_is_the_clients_fault(String request) throws Exception {
        assertThat(RawHttp.answer(SERVER.port(), request))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"/problems/bad-request\"", "\"status\":400");
    }

    @ParameterizedTest
    @CsvSource({"TRACE /dlq/1, 405", "PATCH /dlq/1, 405", "FOO /dlq/1, 4", "CONNECT here:80, 4", "get /dlq/1, 4"})
    void methods_that_we_do_not_have_are_problems_too(String request, String status) throws Exception {
        String answer = call(request, "A: b");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
        if (status.equals("405")) {
            assertThat(answer).contains("Allow: ");
        }
    }

    @Test
    void a_slash_at_the_end_changes_no_limit() throws Exception {
        String six = "Content-Type: application/json\r\nContent-Length: 6";
        assertThat(call("POST /dlq", six, "123456")).startsWith("HTTP/1.1 413");
        assertThat(call("POST /dlq/", six, "123456")).startsWith("HTTP/1.1 413");
    }

    @Test
    void an_error_that_quotes_a_field_is_utf8() throws Exception {
        byte[] answer = RawHttp.bytes(SERVER.port(), "GET /named HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("\"field\":\"ação 😀\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "23514", "54000", "42P01", "42501"})
    void what_the_database_refuses_for_good_is_not_asked_for_again(String state) throws Exception {
        assertThat(call("GET /sqlstate/" + state, "A: b"))
                .startsWith("HTTP/1.1 500")
                .contains("\"/problems/internal-error\"")
                .doesNotContain("Retry-After");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P01", "08006", "25006", "28P01", "40001", "53300", "55P03", "57014", "XX000"})
    void while_the_database_cannot_work_it_is(String state) throws Exception {
        assertThat(call("GET /sqlstate/" + state, "A: b"))
                .startsWith("HTTP/1.1 503")
                .contains("\"/problems/unavailable\"", "Retry-After: ");
    }

    private static String call(String request, String headers) throws IOException {
        return call(request, headers, "");
    }

    private static String call(String request, String headers, String body) throws IOException {
        return RawHttp.answer(
                SERVER.port(),
                request + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" + headers + "\r\n\r\n" + body);
    }
}
