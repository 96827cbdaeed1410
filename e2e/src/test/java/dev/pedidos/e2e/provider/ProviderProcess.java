package dev.pedidos.e2e.provider;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The fake provider as a process. */
final class ProviderProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final URI control;

    private ProviderProcess(Process process, String ports) {
        this.process = process;
        String[] both = ports.split(" ", -1);
        port = Integer.parseInt(both[0]);
        control = URI.create("http://127.0.0.1:" + both[1]);
    }

    static ProviderProcess start(Duration latency) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        Path.of("target", "test-classes").toString(),
                        FakeProvider.class.getName(),
                        Long.toString(latency.toMillis()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String ports = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (ports == null) {
            throw new IOException("the provider did not start");
        }
        return new ProviderProcess(process, ports);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/cnpj/v1";
    }

    void downAfter(int calls) throws Exception {
        command("/down-after?" + calls);
    }

    void awaitDown() {
        Awaitility.await("the provider is down").until(() -> {
            try (var connected = new Socket("127.0.0.1", port)) {
                return false;
            } catch (ConnectException down) {
                return true;
            }
        });
    }

    void up() throws Exception {
        command("/up");
    }

    List<ProviderCall> calls() throws Exception {
        return command("/calls").lines().map(ProviderCall::of).toList();
    }

    private String command(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(control.resolve(path)).build(), BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
