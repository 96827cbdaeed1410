package dev.pedidos.worker.provider;

import static dev.pedidos.worker.provider.ScriptedProvider.BRASILAPI;
import static dev.pedidos.worker.provider.ScriptedProvider.CNPJ;
import static dev.pedidos.worker.provider.ScriptedProvider.CNPJWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.worker.despesa.CnpjDespesaHandler;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What answers of a real HTTP server mean, and what it is asked with. */
@Timeout(20)
class ProviderTest {

    private ScriptedProvider server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedProvider();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Else a slow provider would take the places of all other handlers that wait. */
    @Test
    void expensesThatAskItLeaveAQuarterOfThePlacesToOthers() {
        var handler = new CnpjDespesaHandler(server.provider("brasilapi"), Duration.ofDays(1));
        assertThat(handler.waitsFor()).containsExactly(Provider.NAME);
        assertThat(handler.dependencies()).as("a kept answer needs no provider").isEmpty();
    }

    @Test
    void bothShapesGiveTheNameAndTheSituation() throws Exception {
        server.answers(200, BRASILAPI);
        assertThat(server.provider("brasilapi").ask(CNPJ)).hasValue(new Company("OPEN KNOWLEDGE BRASIL", "ATIVA"));
        assertThat(server.asked).containsExactly("GET /api/cnpj/v1/" + CNPJ);

        server.answers(200, CNPJWS);
        assertThat(server.provider("cnpjws").ask(CNPJ)).hasValue(new Company("OPEN KNOWLEDGE BRASIL", "BAIXADA"));
    }

    @Test
    void aCnpjThatTheProviderDoesNotKnowIsAnAnswer() throws Exception {
        server.answers(404, "{\"message\":\"CNPJ 19.131.243/0001-97 não encontrado.\",\"type\":\"not_found\"}");
        assertThat(server.provider("brasilapi").ask(CNPJ)).isEmpty();
    }

    @Test
    void aWrongAddressDoesNotMakeEveryCnpjUnknown() {
        server.answers(404, "<h1>404 Not Found</h1>");
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: its answer (404) cannot be used: it is no JSON");
    }

    @Test
    void aBrokenAnswerFailsAndIsNotQuoted() {
        for (String body : List.of(
                "",
                "[]",
                "{\"razao_social\":\"SECRET",
                BRASILAPI.replace("19131243000197", "11222333000181"),
                BRASILAPI.replace("\"ATIVA\"", "null"),
                BRASILAPI.replace("OPEN", "\\u0000"))) {
            server.answers(200, body);
            assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                    .as(body)
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageNotContainingAny("SECRET", "11222333000181", CNPJ);
        }
    }

    @Test
    void noCompressionIsAskedForAndAnAnswerWithItIsNamed() throws Exception {
        server.script(exchange -> {
            boolean plain = "identity".equals(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
            exchange.getResponseHeaders().set("Content-Encoding", plain ? "Identity" : "gzip");
            ScriptedProvider.send(exchange, 200, BRASILAPI);
        });
        assertThat(server.provider("brasilapi").ask(CNPJ)).isPresent();

        server.script(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ScriptedProvider.send(exchange, 200, BRASILAPI);
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: its answer (200) cannot be used: it has a Content-Encoding, and none was asked for");
    }

    @Test
    void tooManyQuestionsAreNoFailure() {
        server.script(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "37");
            ScriptedProvider.send(exchange, 429, "");
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(37)));

        server.script(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT");
            ScriptedProvider.send(exchange, 503, "");
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void aPauseWhoseTimeIsNotSaidOrCannotBeReadIsTenSeconds() {
        server.answers(429, "Too Many Requests");
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(10)));

        server.script(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "soon");
            ScriptedProvider.send(exchange, 503, "");
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aFailureOfTheServerIsTransientARefusalIsNot() {
        server.answers(500, "{}");
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ)).isInstanceOf(TransientFailure.class);
        server.answers(503, "{}");
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ)).isInstanceOf(TransientFailure.class);
        server.answers(400, "{}");
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ)).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void theTokenIsReadForEachCallAndIsInNoMessage(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first-token\n");
        server.answers(200, BRASILAPI);
        var provider = server.provider("brasilapi", Duration.ofSeconds(10), Optional.of(file));
        provider.ask(CNPJ);
        Files.writeString(file, "second-token");
        provider.ask(CNPJ);
        assertThat(server.tokens).containsExactly("Bearer first-token", "null", "Bearer second-token", "null");

        Files.writeString(file, "broken token\r\nX: y");
        assertThatThrownBy(() -> provider.ask(CNPJ))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessageNotContaining("broken");
        Files.writeString(file, "refused-token");
        server.answers(401, "{}");
        assertThatThrownBy(() -> provider.ask(CNPJ))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessageNotContaining("refused-token");
    }

    @Test
    void cnpjWsTakesItsTokenInAHeaderOfItsOwn(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "a-token");
        server.answers(200, CNPJWS);
        server.provider("cnpjws", Duration.ofSeconds(10), Optional.of(file)).ask(CNPJ);
        assertThat(server.tokens).containsExactly("null", "a-token");
    }
}
