package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read of the ledger, however large it is and however slow. */
class ReadsTest {
    private static final int MANY_CLIENTS = 100;

    private static TestSystem system;
    private static TcpProxy database;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("reads", Map.of());
        database = new TcpProxy(system.stores().databaseUrl());
        client = new Client(system.api(Map.of("DATABASE_URL", database.uri())));
        client.awaitNoting();
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
        database.close();
    }

    @Test
    void aFrozenDatabaseAndATipoThatNobodyRegisteredHoldUpNoHealthCheck() throws Exception {
        String unknown = Client.simulado("unknown", "r", "{}").replace("simulado", "nobody");
        assertThat(client.post(unknown).status()).isEqualTo(422);
        database.swallowRequests();
        long frozen = System.nanoTime();
        try {
            var posts = IntStream.range(0, MANY_CLIENTS)
                    .mapToObj(i -> client.postAsync(unknown))
                    .toList();
            var reads = IntStream.range(0, MANY_CLIENTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> status("/pedidos/unknown")))
                    .toList();
            var all = CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                long asked = System.nanoTime();
                assertThat(status("/healthz")).isEqualTo(200);
                assertThat(since(asked)).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(posts)
                    .allSatisfy(post -> assertThat(post.join().status()).isIn(422, 503));
            assertThat(since(frozen)).as("until all were answered").isLessThan(Duration.ofSeconds(10));
            reads.forEach(read -> read.cancel(true));
        } finally {
            database.heal();
        }
        client.awaitNoting();
    }

    private static int status(String path) {
        try {
            return client.get(path).status();
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
