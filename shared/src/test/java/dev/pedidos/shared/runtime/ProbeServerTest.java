package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeServerTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Telemetry telemetry = new Telemetry();
    private ProbeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ProbeServer("127.0.0.1", 0, new Probes(() -> true, () -> false), telemetry);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.close();
        telemetry.close();
    }

    @Test
    void saysThatItLivesWhatIsAwayAndItsFigures() throws Exception {
        assertThat(send("GET", "/healthz").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(send("GET", "/readyz").body()).contains("DEGRADED");
        assertThat(send("GET", "/metrics").body()).contains("jvm_");
    }

    @Test
    void aServerOfMetricsAloneSaysSo() throws Exception {
        server.close();
        server = ProbeServer.ofMetrics("--port", "127.0.0.1", 0, telemetry);

        assertThat(send("GET", "/metrics").body()).contains("jvm_");
        assertThat(send("GET", "/readyz").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/readyz").body()).contains("This port serves /metrics.");
    }

    @Test
    void aClientThatStopsInTheMiddleOfItsRequestHoldsUpNobody() throws Exception {
        try (var slow = new Socket("127.0.0.1", server.port())) {
            slow.getOutputStream().write("GET /heal".getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream().flush();
            for (int i = 0; i < 3; i++) {
                assertThat(send("GET", "/healthz").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aHeadRequestHasTheStatusAndNoBody() throws Exception {
        var answer = send("HEAD", "/readyz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void anotherAddressIsNotFound() throws Exception {
        for (String path : new String[] {"/", "/pedidos", "/healthz/more"}) {
            assertIsProblem(send("GET", path), 404, "not-found");
        }
    }

    @Test
    void aParameterIsRefusedByItsName() throws Exception {
        var answer = send("GET", "/healthz?x=1&verbose&x=2");

        assertIsProblem(answer, 422, "invalid-fields");
        assertThat(answer.body()).containsOnlyOnce("\"field\":\"x\"").contains("\"field\":\"verbose\"");
        assertIsProblem(send("GET", "/healthz?%22%7D=1"), 422, "invalid-fields");
        assertThat(send("GET", "/healthz?").statusCode()).isEqualTo(200);
    }

    @Test
    void anotherMethodIsNotAllowed() throws Exception {
        var answer = send("POST", "/healthz");

        assertIsProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private static void assertIsProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"/problems/" + slug + "\"").contains("\"status\":" + status);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
