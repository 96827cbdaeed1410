package dev.pedidos.tools.proof.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.text.Sha256;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.shared.webhook.WebhookSecret;
import dev.pedidos.shared.webhook.WebhookSignature;
import dev.pedidos.tools.proof.torture.callback.CallbackServer;
import dev.pedidos.tools.proof.torture.check.WebhooksLaw.Kept;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksLawTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BODY = "{\"type\":\"pedido.completed\"}";

    @TempDir
    private Path folder;

    private CallbackServer server;
    private HttpClient http;

    @BeforeEach
    void start() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), SECRET);
        server = CallbackServer.start(new SigningSecretsFile(file), 1);
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void whatArrivedAsItIsKeptKeepsTheLaw() throws Exception {
        assertThat(send("w-1", SECRET, BODY)).isEqualTo(204);
        assertThat(send("w-1", SECRET, BODY)).isEqualTo(204);

        var verdict = WebhooksLaw.judge(List.of(kept("w-1", "DELIVERED", BODY)), server.received());

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.counted())
                .isEqualTo("1 webhooks, 2 attempts that arrived, 1 webhooks delivered more than once");
    }

    @Test
    void deliveredMeansThatAnEndpointHasTakenIt() {
        assertThat(examples(kept("w-1", "DELIVERED", BODY)))
                .containsExactly("w-1 is DELIVERED, and no endpoint has taken it");
    }

    @Test
    void nothingIsLeftOver() {
        assertThat(examples(kept("w-1", "PENDING", BODY), kept("w-2", "FAILED", BODY)))
                .containsExactly("w-1 is PENDING", "w-2 is FAILED");
    }

    @Test
    void anotherBodyIsFound() throws Exception {
        assertThat(send("w-1", SECRET, BODY + " ")).isEqualTo(204);
        assertThat(examples(kept("w-1", "DELIVERED", BODY)))
                .containsExactly("w-1 came with another body than it has in the ledger");
    }

    @Test
    void whatCameAndIsNotInTheLedgerIsFound() throws Exception {
        assertThat(send("w-1", SECRET, BODY)).isEqualTo(204);
        assertThat(examples()).containsExactly("w-1 came and is not in the ledger");
    }

    @Test
    void everyAttemptHasTheSameBody() throws Exception {
        assertThat(send("w-1", SECRET, BODY)).isEqualTo(204);
        assertThat(send("w-1", SECRET, "{}")).isEqualTo(204);
        assertThat(examples(kept("w-1", "DELIVERED", BODY))).containsExactly("w-1 came with two bodies");
    }

    @Test
    void aSignatureOfAnotherSecretIsFound() throws Exception {
        assertThat(send("w-1", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", BODY)).isEqualTo(401);
        assertThat(examples()).containsExactly("w-1: no signature is of a secret that is known here");
    }

    private List<String> examples(Kept... kept) {
        return WebhooksLaw.judge(List.of(kept), server.received()).examples();
    }

    private static Kept kept(String id, String status, String body) {
        return new Kept(id, status, Sha256.hex(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** To the endpoint that takes everything. */
    private int send(String id, String secret, String body) throws Exception {
        long now = Instant.now().getEpochSecond();
        String signature =
                WebhookSignature.sign(WebhookSecret.ofLines(secret), id, now, body.getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(server.urls().getFirst()))
                .header(WebhookSignature.ID, id)
                .header(WebhookSignature.TIMESTAMP, Long.toString(now))
                .header(WebhookSignature.SIGNATURE, signature)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
