package dev.pedidos.e2e.read;

import dev.pedidos.e2e.system.Client;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Clients that post, read and set stock in turn, a few times each.
 *
 * @param slowPost the 95th percentile
 * @param refused calls that the ledger did not answer in time
 */
record LoadSlice(Duration slowPost, int refused) {

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 10;

    static LoadSlice of(Client client, BooleanSupplier failed) {
        var posts = new ConcurrentLinkedQueue<Long>();
        var refused = new AtomicInteger();
        var all = IntStream.range(0, CLIENTS)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> {
                            for (int round = 0; round < ROUNDS && !failed.getAsBoolean(); round++) {
                                if (!isAnswered(client, number, round, posts)) {
                                    refused.incrementAndGet();
                                }
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        all.forEach(CompletableFuture::join);
        List<Long> sorted = posts.stream().sorted().toList();
        return new LoadSlice(Duration.ofNanos(sorted.get(sorted.size() * 95 / 100)), refused.get());
    }

    private static boolean isAnswered(Client client, int number, int round, ConcurrentLinkedQueue<Long> posts) {
        String id = "load-" + number + "-" + UUID.randomUUID();
        try {
            long start = System.nanoTime();
            int posted = client.post(Client.pedido(id, id, "A:1")).status();
            posts.add(System.nanoTime() - start);
            return posted == 202
                    && client.get("/pedidos/" + id).status() == 200
                    && client.putStock("sku-" + number, round).status() == 200;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
