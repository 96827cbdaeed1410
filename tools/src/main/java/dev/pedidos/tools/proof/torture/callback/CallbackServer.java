package dev.pedidos.tools.proof.torture.callback;

import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.tools.proof.torture.callback.CallbackHandler.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Two endpoints on this machine: one takes every webhook, the other fails now and then. */
public final class CallbackServer implements AutoCloseable {
    public static final String HOST = "127.0.0.1";

    private static final double ANSWERED_500 = 0.15;
    private static final double NOT_ANSWERED = 0.05;

    private final Received received = new Received();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers;

    private CallbackServer(SigningSecretsFile secrets, RandomGenerator random) throws IOException {
        servers = List.of(open(secrets, () -> Answer.TAKEN), open(secrets, () -> moody(random)));
    }

    public static CallbackServer start(SigningSecretsFile secrets, long seed) throws IOException {
        return new CallbackServer(secrets, new SplittableRandom(seed));
    }

    private HttpServer open(SigningSecretsFile secrets, Supplier<Answer> answers) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(HOST), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", new CallbackHandler(secrets, received, answers));
        server.start();
        return server;
    }

    private static Answer moody(RandomGenerator random) {
        double lot;
        synchronized (random) {
            lot = random.nextDouble();
        }
        if (lot < NOT_ANSWERED) {
            return Answer.NONE;
        }
        return lot < NOT_ANSWERED + ANSWERED_500 ? Answer.ERROR : Answer.TAKEN;
    }

    public List<String> urls() {
        return servers.stream()
                .map(server -> "http://" + HOST + ":" + server.getAddress().getPort() + "/pedidos")
                .toList();
    }

    public Received received() {
        return received;
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
