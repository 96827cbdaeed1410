package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.EstoqueSender;
import dev.pedidos.tools.proof.load.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** All clients: a number of connections, one rate, many receivers. */
public final class Load implements AutoCloseable {
    private static final int CLIENTS = 30;
    private static final int RECEBEDORES = 240;

    private final List<URI> apis;
    private final List<Entrance> doors;
    private final Recorder recorder;
    private final long seed;
    private final List<String> callbacks;
    private final Pace pace;
    private final ForeignProducer foreigner;
    private final HttpClient http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> clients = new ArrayList<>();
    private final AtomicInteger killers = new AtomicInteger();
    private volatile boolean goesOn = true;

    /**
     * @param amqpUri where the AMQP producer publishes
     * @param callbacks the addresses of endpoints
     */
    public Load(List<URI> apis, String amqpUri, List<String> callbacks, Recorder recorder, long seed, int perSecond) {
        this.apis = apis;
        this.recorder = recorder;
        this.seed = seed;
        this.callbacks = callbacks;
        this.pace = new Pace(perSecond);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        this.foreigner = new ForeignProducer(amqpUri, recorder, seed);
        this.doors = apis.stream().map(api -> new Entrance(http, api)).toList();
    }

    /** Sets the stock and starts the clients. */
    public void start() throws IOException, InterruptedException {
        EstoqueSender.send(apis.getFirst(), Stock.lines().iterator());
        for (int i = 0; i < CLIENTS; i++) {
            var client = new LoadClient(doors, recorder, threads, i);
            var mix = new ClientMix(seed, i, CLIENTS, RECEBEDORES, callbacks);
            clients.add(threads.submit(() -> {
                while (goesOn) {
                    pace.await();
                    client.run(mix.next());
                }
                return null;
            }));
        }
        startForeigner();
    }

    private void startForeigner() {
        clients.add(threads.submit(() -> {
            while (goesOn) {
                foreigner.sendOne();
            }
            return null;
        }));
    }

    /** Sends a pedido that halts this many workers; returns when it has its answer. */
    public void sendKiller(int deliveries) throws InterruptedException {
        String id = RootLocale.format("t%d-killer-%d", seed, killers.incrementAndGet());
        String recebedorId = "recebedor-perigoso";
        String body = RootLocale.format(
                "{\"pedido_id\":\"%s\",\"tipo\":\"simulado\",\"recebedor_id\":\"%s\",\"origem\":\"api\",\"dados\":{\"derrubar_worker\":%d}}",
                id, recebedorId, deliveries);
        new LoadClient(doors, recorder, threads, 0).run(new ClientTask.Once(PreparedPedido.of(id, recebedorId, body)));
    }

    /** The poison messages that were sent into the fleet. */
    public List<PoisonMessage> poison() {
        return foreigner.poison();
    }

    /** In the order of the APIs. */
    public List<Entrance> doors() {
        return doors;
    }

    /** Clients begin nothing new; returns when each has its answers. */
    public void finish() throws IOException, InterruptedException {
        goesOn = false;
        for (Future<?> client : clients) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new IOException("a client failed: " + e.getCause(), e);
            }
        }
    }

    @Override
    public void close() {
        goesOn = false;
        threads.shutdownNow();
        foreigner.close();
        http.shutdownNow();
    }
}
