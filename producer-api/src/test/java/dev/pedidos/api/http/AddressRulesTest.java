package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.JsonText;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, their parameters, and methods. */
@Timeout(60)
class AddressRulesTest {
    private static final RulesServer SERVER = new RulesServer();

    @AfterAll
    static void close() {
        SERVER.close();
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
    void aBrokenFilterIsRefusedAndNamed(String query, String field) throws Exception {
        assertThat(SERVER.call("GET /list" + query, "A: b"))
                .startsWith("HTTP/1.1 422")
                .contains("\"field\":" + JsonText.quoted(field));
    }

    @ParameterizedTest
    @CsvSource({"'', all", "?, all", "?status=a+%C3%A7%20b, a ç b", "?st%61tus=%41&limit=5, A"})
    void aFilterThatCanBeReadFilters(String query, String answer) throws Exception {
        assertThat(SERVER.call("GET /list" + query, "A: b"))
                .startsWith("HTTP/1.1 200")
                .endsWith("\"" + answer + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x=1", "?%zz", "?x", "?limit=5", "?&"})
    void addressesWithoutParametersTakeNone(String query) throws Exception {
        for (String request : List.of("GET /dlq/1", "HEAD /dlq/1", "POST /dlq/1/redrive", "POST /dlq")) {
            assertThat(SERVER.call(request + query, "Content-Type: application/json"))
                    .startsWith("HTTP/1.1 422");
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
    void aPartThatVanishesOrCannotBeReadIsRefused(String path) throws Exception {
        assertThat(SERVER.call("POST " + path, "A: b"))
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
    void noOtherSpellingOfAnAddressIsTaken(String path) throws Exception {
        assertThat(SERVER.call("POST " + path, "A: b")).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"TRACE /dlq/1, 405", "PATCH /dlq/1, 405", "FOO /dlq/1, 4", "CONNECT here:80, 4", "get /dlq/1, 4"})
    void methodsThatWeDoNotHaveAreProblemsToo(String request, String status) throws Exception {
        String answer = SERVER.call(request, "A: b");
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
        if (status.equals("405")) {
            assertThat(answer).contains("Allow: ");
        }
    }

    @Test
    void aSlashAtTheEndChangesNoLimit() throws Exception {
        String six = "Content-Type: application/json\r\nContent-Length: 6";
        assertThat(SERVER.call("POST /dlq", six, "123456")).startsWith("HTTP/1.1 413");
        assertThat(SERVER.call("POST /dlq/", six, "123456")).startsWith("HTTP/1.1 413");
    }
}
