package dev.pedidos.tools.proof.bench;

import dev.pedidos.tools.proof.load.Latencies;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clients with one connection each. */
final class Clients {
    private static final int CONNECTIONS = 32;
    private static final int ACCEPTED = 202;

    private final URI api;
    private final BenchPedidos pedidos;

    Clients(URI api, BenchPedidos pedidos) {
        this.api = api;
        this.pedidos = pedidos;
    }

    /** Each client sends its next pedido when the one before it is answered. */
    Sent sendAsAnswered(Duration time) throws IOException, InterruptedException {
        return new Window(time, 0).run();
    }

    /** Pedidos are due evenly, whether or not those before them are answered. */
    Sent sendAtRate(int perSecond, Duration time) throws IOException, InterruptedException {
        return new Window(time, TimeUnit.SECONDS.toNanos(1) / perSecond).run();
    }

    private final class Window {
        private final long intervalNanos;
        private final Instant start = Instant.now();
        private final long startNanos = System.nanoTime();
        private final long endNanos;
        private final AtomicLong tickets = new AtomicLong();
        private final Map<String, Long> dueMicros = new HashMap<>();
        private final Latencies answers = new Latencies();
        private long refused;

        /** @param intervalNanos 0: a pedido is due as soon as a client is free */
        Window(Duration time, long intervalNanos) {
            this.endNanos = startNanos + time.toNanos();
            this.intervalNanos = intervalNanos;
        }

        Sent run() throws IOException, InterruptedException {
            try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
                var clients = IntStream.range(0, CONNECTIONS)
                        .mapToObj(client -> threads.submit(this::send))
                        .toList();
                try {
                    for (Future<?> client : clients) {
                        client.get();
                    }
                } catch (ExecutionException e) {
                    throw new IOException("a client of the benchmark ended early: " + e.getCause(), e);
                } finally {
                    threads.shutdownNow();
                }
            }
            return new Sent(dueMicros, refused, start, Instant.now(), answers);
        }

        private @Nullable Void send() throws IOException {
            try (var connection = new PostConnection(api)) {
                for (long due = nextDue();
                        due < endNanos && !Thread.currentThread().isInterrupted();
                        due = nextDue()) {
                    var pedido = pedidos.next();
                    await(due);
                    int status = connection.post(pedido.json());
                    answered(pedido.pedidoId(), due, status);
                }
            }
            return null;
        }

        private long nextDue() {
            return intervalNanos == 0 ? System.nanoTime() : startNanos + tickets.getAndIncrement() * intervalNanos;
        }

        private static void await(long due) {
            for (long left = due - System.nanoTime();
                    left > 0 && !Thread.currentThread().isInterrupted(); ) {
                LockSupport.parkNanos(left);
                left = due - System.nanoTime();
            }
        }

        private synchronized void answered(String pedidoId, long due, int status) {
            answers.add(System.nanoTime() - due);
            if (status == ACCEPTED) {
                dueMicros.put(pedidoId, ChronoUnit.MICROS.between(Instant.EPOCH, start.plusNanos(due - startNanos)));
            } else {
                refused++;
            }
        }
    }
}
