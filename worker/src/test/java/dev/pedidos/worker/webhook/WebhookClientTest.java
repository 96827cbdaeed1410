package dev.pedidos.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.CallbackUrl;
import dev.pedidos.worker.http.Resolver;
import java.io.File;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class WebhookClientTest {
    private static final CallbackHosts LOCAL = CallbackHosts.parse("127.0.0.1,hooks.test,other.test");
    private static final Resolver LOOPBACK = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void aWebhookIsOnePostAndItsAnswerIsKeptInPart() throws Exception {
        try (var endpoint = ScriptedEndpoint.answering(
                "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nf\u0007i\u202E\u2028\u0085ne ")) {
            EndpointAnswer answer =
                    post(LOCAL, LOOPBACK, LONG, "http://127.0.0.1:" + endpoint.port() + "/a?b=c", "{\"x\":\"ã\"}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.excerpt()).isEqualTo("f i ne");
            assertThat(endpoint.requests().take())
                    .startsWith("POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + endpoint.port() + "\r\n")
                    .contains("\r\nContent-Type: application/json\r\nContent-Length: 10\r\n")
                    .contains("\r\nwebhook-id: m\r\n")
                    .endsWith("\r\n\r\n{\"x\":\"ã\"}");
        }
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        try (var elsewhere = ScriptedEndpoint.answering("HTTP/1.1 200 OK\r\n\r\n");
                var endpoint = ScriptedEndpoint.answering(
                        "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:" + elsewhere.port() + "/\r\n\r\n")) {
            EndpointAnswer answer = post(LOCAL, LOOPBACK, LONG, "http://127.0.0.1:" + endpoint.port() + "/", "{}");

            assertThat(answer.status()).isEqualTo(307);
            assertThat(new CallResult.Answered(answer).ending().name()).isEqualTo("PENDING");
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void aCallEndsAtItsDeadlineWhateverTheEndpointDoes() throws Exception {
        var never = new CountDownLatch(1);
        try (var silent = ScriptedEndpoint.of(socket -> never.await());
                var dripping = ScriptedEndpoint.of(socket -> {
                    while (!never.await(20, TimeUnit.MILLISECONDS)) {
                        socket.getOutputStream().write('H');
                    }
                })) {
            assertThat(fault(LOCAL, LOOPBACK, SHORT, silent.port(), "{}")).isEqualTo(CallFault.TEMPO_ESGOTADO);
            assertThat(fault(LOCAL, LOOPBACK, SHORT, dripping.port(), "{}")).isEqualTo(CallFault.TEMPO_ESGOTADO);
            // It takes no more than fits into the buffers between.
            assertThat(fault(LOCAL, LOOPBACK, SHORT, silent.port(), "x".repeat(20_000_000)))
                    .isEqualTo(CallFault.TEMPO_ESGOTADO);
        } finally {
            never.countDown();
        }
    }

    @Test
    void whatAnEndpointAnswersIsBounded() throws Exception {
        try (var endlessHead = ScriptedEndpoint.of(socket -> {
                    ScriptedEndpoint.request(socket.getInputStream());
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
                    ScriptedEndpoint.writeForEver(socket, "X-More: 1\r\n");
                });
                var endlessBody = ScriptedEndpoint.of(socket -> {
                    ScriptedEndpoint.request(socket.getInputStream());
                    socket.getOutputStream().write("HTTP/1.1 500 No\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    ScriptedEndpoint.writeForEver(socket, "0123456789");
                });
                var noHttp = ScriptedEndpoint.answering("220 mail.test ESMTP\r\n\r\n")) {
            assertThat(fault(LOCAL, LOOPBACK, LONG, endlessHead.port(), "{}")).isEqualTo(CallFault.RESPOSTA_INVALIDA);
            assertThat(fault(LOCAL, LOOPBACK, LONG, noHttp.port(), "{}")).isEqualTo(CallFault.RESPOSTA_INVALIDA);
            EndpointAnswer answer = post(LOCAL, LOOPBACK, LONG, "http://127.0.0.1:" + endlessBody.port() + "/", "{}");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.excerpt()).hasSize(1024);
        }
    }

    @Test
    void interimAnswersAreSkippedAndChunksArePutTogether() throws Exception {
        try (var endpoint = ScriptedEndpoint.answering(
                "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 503 Busy\r\nRetry-After: 7\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nnot n\r\n2\r\now\r\n0\r\n\r\n")) {
            EndpointAnswer answer = post(LOCAL, LOOPBACK, LONG, "http://127.0.0.1:" + endpoint.port() + "/", "{}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.excerpt()).isEqualTo("not now");
            assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void aNameThatLeadsElsewhereAMomentLaterChangesNothing() throws Exception {
        var looks = new AtomicInteger();
        try (var endpoint = ScriptedEndpoint.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            Resolver rebinding = host ->
                    new InetAddress[] {InetAddress.getByName(looks.incrementAndGet() == 1 ? "127.0.0.1" : "192.0.2.1")};

            EndpointAnswer answer = post(LOCAL, rebinding, LONG, "http://hooks.test:" + endpoint.port() + "/", "{}");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(looks).hasValue(1);
            assertThat(endpoint.requests().take()).contains("\r\nHost: hooks.test:" + endpoint.port() + "\r\n");
        }
    }

    @Test
    void aNameThatIsNotNamedNeverReachesThisMachine() throws Exception {
        try (var endpoint = ScriptedEndpoint.answering("HTTP/1.1 200 OK\r\n\r\n")) {
            var all = CallbackHosts.parse("*");
            assertThat(catchThrowableOfType(
                                    CallFailed.class,
                                    () -> post(all, LOOPBACK, LONG, "http://evil.test:" + endpoint.port() + "/", "{}"))
                            .fault())
                    .isEqualTo(CallFault.ENDERECO_NAO_PERMITIDO);
            assertThat(fault(all, InetAddress::getAllByName, LONG, endpoint.port(), "{}"))
                    .isEqualTo(CallFault.ENDERECO_NAO_PERMITIDO);
            assertThat(endpoint.connections()).isZero();
        }
    }

    @Test
    void theNextAddressIsTriedIfOneTakesNoConnection() throws Exception {
        try (var endpoint = ScriptedEndpoint.answering("HTTP/1.1 200 OK\r\n\r\n")) {
            Resolver two =
                    host -> new InetAddress[] {InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")};
            Resolver closed = host -> new InetAddress[] {InetAddress.getByName("127.0.0.2")};

            assertThat(post(LOCAL, two, LONG, "http://hooks.test:" + endpoint.port() + "/", "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(fault(LOCAL, closed, LONG, endpoint.port(), "{}")).isEqualTo(CallFault.SEM_CONEXAO);
        }
    }

    @Test
    void theCertificateMustBeThatOfTheNameInTheAddress(@TempDir Path folder) throws Exception {
        SSLContext context = tls(folder);
        var answer = "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        try (var endpoint = ScriptedEndpoint.over(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                socket -> {
                    ScriptedEndpoint.request(socket.getInputStream());
                    socket.getOutputStream().write(answer);
                })) {
            String port = ":" + endpoint.port() + "/";
            try (var client = client(LOCAL, LOOPBACK, LONG, context.getSocketFactory())) {
                assertThat(post(client, "https://hooks.test" + port, "{}").status())
                        .isEqualTo(200);
                assertThat(catchThrowableOfType(CallFailed.class, () -> post(client, "https://other.test" + port, "{}"))
                                .fault())
                        .isEqualTo(CallFault.TLS_RECUSADO);
            }
            try (var client = client(LOCAL, LOOPBACK, LONG, (SSLSocketFactory) SSLSocketFactory.getDefault())) {
                assertThat(catchThrowableOfType(CallFailed.class, () -> post(client, "https://hooks.test" + port, "{}"))
                                .fault())
                        .isEqualTo(CallFault.TLS_RECUSADO);
            }
        }
    }

    /** A certificate for hooks.test that this context trusts. */
    private static SSLContext tls(Path folder) throws Exception {
        Path file = folder.resolve("tls.p12");
        char[] password = "only-here".toCharArray();
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-alias",
                        "hooks",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=hooks.test",
                        "-ext",
                        "san=dns:hooks.test",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(password))
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        assertThat(keytool.waitFor(15, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("hooks", store.getCertificate("hooks"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static CallFault fault(CallbackHosts hosts, Resolver resolver, Duration timeout, int port, String body) {
        return catchThrowableOfType(
                        CallFailed.class, () -> post(hosts, resolver, timeout, "http://127.0.0.1:" + port + "/", body))
                .fault();
    }

    private static EndpointAnswer post(
            CallbackHosts hosts, Resolver resolver, Duration timeout, String url, String body) throws CallFailed {
        try (var client = client(hosts, resolver, timeout, (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            return post(client, url, body);
        }
    }

    private static WebhookClient client(
            CallbackHosts hosts, Resolver resolver, Duration timeout, SSLSocketFactory tls) {
        return new WebhookClient(new AllowedAddresses(hosts, resolver), tls, timeout);
    }

    private static EndpointAnswer post(WebhookClient client, String url, String body) throws CallFailed {
        return client.post(
                CallbackUrl.parse(url).orElseThrow(), Map.of("webhook-id", "m"), body.getBytes(StandardCharsets.UTF_8));
    }
}
