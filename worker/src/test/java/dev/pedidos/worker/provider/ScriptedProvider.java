package dev.pedidos.worker.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.config.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as it is told, and providers that ask it. */
final class ScriptedProvider implements AutoCloseable {

    static final String CNPJ = "19131243000197";
    static final String BRASILAPI = "{\"cnpj\":\"19131243000197\",\"razao_social\":\"OPEN KNOWLEDGE BRASIL\","
            + "\"situacao_cadastral\":2,\"descricao_situacao_cadastral\":\"ATIVA\",\"qsa\":[]}";
    static final String CNPJWS = "{\"razao_social\":\"OPEN KNOWLEDGE BRASIL\",\"estabelecimento\":"
            + "{\"cnpj\":\"19131243000197\",\"situacao_cadastral\":\"Baixada\"}}";

    /** What it does with a question. */
    @FunctionalInterface
    interface Script {
        void answer(HttpExchange exchange) throws Exception;
    }

    /** Method and path of each question. */
    final List<String> asked = new ArrayList<>();
    /** Of each question the header of BrasilAPI and that of CNPJ.ws. */
    final List<String> tokens = new ArrayList<>();
    /** Scripts that do not end wait for it. */
    final CountDownLatch over = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Script script = HttpExchange::close;

    ScriptedProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("x_api_token")));
        try {
            script.answer(exchange);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** From now on. */
    void script(Script next) {
        script = next;
    }

    void answers(int status, String body) {
        script(exchange -> send(exchange, status, body));
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/cnpj/v1");
    }

    Provider provider(String formato) {
        return provider(formato, Duration.ofSeconds(10), Optional.empty());
    }

    Provider provider(String formato, Duration timeout, Optional<Path> token) {
        return new Provider(new ProviderConfig(
                url(),
                ResponseShape.of(formato),
                timeout,
                token.map(file -> new TokenFile(new SecretFile(file))),
                Duration.ofDays(1)));
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        over.countDown();
        stop();
        threads.shutdownNow();
    }
}
