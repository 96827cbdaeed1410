package dev.pedidos.e2e.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads of the ledger, however large and slow it is. */
class ReadsTest {
    private static final int MANY_CLIENTS = 100;
    private static final int CHECKS = 50;

    private static final int LISTS = 30;
    private static final int SLICES = 5;
    private static final Duration SLOWER = Duration.ofMillis(100);
    private static final List<String> FILTERS = List.of(
            "/pedidos?status=REJECTED",
            "/pedidos?status=CANCELLED",
            "/pedidos?recebedor_id=rcb-7&status=REJECTED",
            "/pedidos?tipo=simulado&status=COMPLETED",
            "/pedidos",
            "/dlq?motivo=M",
            "/recebedores?retido=true",
            "/pedidos/row-000001/events");
    private static final String MANY = """
        insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash, motivo, erro_classe,
            ultima_falha_em)
        select 'row-' || to_char(n, 'FM000000'), n, case when n % 50 = 0 then 'simulado' else 'pedido' end, 'rcb-' || n / 300, 'web',
            case when n = 1 then 'DISCARDED' when n % 3 = 0 then 'REJECTED' else 'COMPLETED' end, '{"itens":[]}', '',
            'M', 'E', now()
        from generate_series(1, 60000) n\
        """;
    private static final ExecutorService LISTERS = Executors.newFixedThreadPool(LISTS);

    private static TestSystem system;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("reads", Map.of());
        client = new Client(system.apiByLedger());
    }

    @AfterAll
    static void stop() throws Exception {
        LISTERS.shutdownNow();
        system.close();
    }

    /** With an API of its own: right after an outage a read may still meet a broken connection. */
    @Test
    void aFrozenDatabaseAndATipoThatNobodyRegisteredHoldUpNoHealthCheck() throws Exception {
        try (var database = new TcpProxy(system.stores().databaseUrl())) {
            var frozen = new Client(system.api(Map.of("DATABASE_URL", database.uri())));
            frozen.awaitLedgerPath();
            String unknown = Client.simulado("unknown", "r", "{}").replace("simulado", "nobody");
            assertThat(frozen.post(unknown).status()).isEqualTo(422);
            database.swallowRequests();
            var answered = new AtomicInteger();
            var enough = new AtomicBoolean();
            var posts = manyUntil(enough, () -> {
                assertThat(frozen.postAsync(unknown).join().status()).isIn(422, 503);
                answered.incrementAndGet();
            });
            var reads = manyUntil(
                    enough, () -> assertThat(status(frozen, "/pedidos/unknown")).isEqualTo(503));
            List<Duration> checks = new ArrayList<>();
            while (checks.size() < CHECKS || answered.get() < MANY_CLIENTS) {
                long asked = System.nanoTime();
                assertThat(status(frozen, "/healthz")).isEqualTo(200);
                checks.add(Duration.ofNanos(System.nanoTime() - asked));
            }
            enough.set(true);
            posts.join();
            reads.join();
            Collections.sort(checks);
            assertThat(checks.get(checks.size() * 9 / 10)).as("most of them").isLessThan(Duration.ofSeconds(1));
        }
    }

    /** Many clients make calls, one after the other. */
    private static CompletableFuture<Void> manyUntil(AtomicBoolean enough, Runnable call) {
        return CompletableFuture.allOf(IntStream.range(0, MANY_CLIENTS)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            do {
                                call.run();
                            } while (!enough.get());
                        },
                        Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new));
    }

    @Test
    void ofHundredsOfContentsUnderOneIdTwentyBecomeEventsAndTheLastTellsHowManyCameAfter() throws Exception {
        assertThat(client.post(content(0)).status()).isEqualTo(202);
        var refused = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> client.postAsync(content(i)))
                .toList();
        assertThat(refused)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(409));
        assertThat(system.count("select count(*) from operation_events where event_type = 'CONFLICT'"))
                .isEqualTo(20);

        var events = client.get("/pedidos/many/events").body().path("events");
        assertThat(events.size()).isEqualTo(21);
        assertThat(events.at("/0/event_type").asString()).isEqualTo("ACCEPTED");
        assertThat(events.at("/19/payload").has("seguintes")).isFalse();
        assertThat(events.at("/20/payload/seguintes").asInt()).isEqualTo(180);

        assertThat(client.post(content(1)).status())
                .as("one of those that have an event")
                .isEqualTo(409);
        assertThat(client.post(content(201)).status()).as("a new one").isEqualTo(409);
        assertThat(client.get("/pedidos/many/events")
                        .body()
                        .at("/events/20/payload/seguintes")
                        .asInt())
                .isEqualTo(182);
    }

    @Test
    void eventsComeInPagesOldestFirst() throws Exception {
        assertThat(client.post(Client.pedido("paged", "paged", "A:1")).status()).isEqualTo(202);
        system.alter("insert into operation_events (external_id, event_type, payload, payload_hash)"
                + " select 'paged', 'RETRY_SCHEDULED', jsonb_build_object('n', n), sha256(n::text::bytea)"
                + " from generate_series(1, 600) n");
        var first = client.get("/pedidos/paged/events").body();
        assertThat(first.path("events").size()).isEqualTo(100);
        var second = client.get("/pedidos/paged/events?limit=500&cursor="
                        + first.path("next_cursor").asString())
                .body();
        assertThat(second.at("/events/0/payload/n").asInt()).isEqualTo(100);
        assertThat(second.path("events").size()).isEqualTo(500);
        var last = client.get("/pedidos/paged/events?cursor="
                        + second.path("next_cursor").asString())
                .body();
        assertThat(last.at("/events/0/payload/n").asInt()).isEqualTo(600);
        assertThat(last.path("next_cursor").isNull()).isTrue();
        for (String faulty : List.of("limit=0", "limit=501", "cursor=x", "limit=1&limit=2", "until=now")) {
            assertThat(status("/pedidos/paged/events?" + faulty)).as(faulty).isEqualTo(422);
        }
        assertThat(status("/pedidos/none/events")).isEqualTo(404);
    }

    @Test
    void aPedidoIsListedInTheStateThatItIsShownIn() throws Exception {
        system.alter("""
            insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash, begun)
            values ('waits', 900001, 'pedido', 'rcb-shown', 'web', 'PENDING', '{"itens":[]}', '', null),
                ('begun', 900002, 'pedido', 'rcb-shown', 'web', 'PENDING', '{"itens":[]}', '', 'worker'),
                ('again', 900003, 'pedido', 'rcb-shown', 'web', 'RETRYING', '{"itens":[]}', '', 'worker'),
                ('retried', 900004, 'pedido', 'rcb-shown', 'web', 'RETRYING', '{"itens":[]}', '', null)\
            """);
        assertThat(listed("?recebedor_id=rcb-shown"))
                .containsExactly("retried RETRYING", "again PROCESSING", "begun PROCESSING", "waits PENDING");
        assertThat(listed("?recebedor_id=rcb-shown&status=PENDING")).containsExactly("waits PENDING");
        assertThat(listed("?status=RETRYING&tipo=pedido")).containsExactly("retried RETRYING");
        for (String filter : List.of("", "&tipo=pedido", "&recebedor_id=rcb-shown")) {
            assertThat(listed("?status=PROCESSING" + filter))
                    .as(filter)
                    .containsExactly("again PROCESSING", "begun PROCESSING");
        }
        assertThat(listed("?status=PROCESSING&tipo=simulado")).isEmpty();
        assertThat(listed("?status=PROCESSING&limit=1")).containsExactly("again PROCESSING");
        system.alter("delete from pedidos where pedido_id = 'waits'");
        assertThat(client.get("/recebedores").body().at("/recebedores").valueStream())
                .anyMatch(one -> one.path("cabeca").asString("").equals("begun")
                        && one.path("status").asString("").equals("PROCESSING"));
        system.alter("delete from pedidos where recebedor_id = 'rcb-shown'");
    }

    private static List<String> listed(String query) throws Exception {
        return client.get("/pedidos" + query)
                .body()
                .path("pedidos")
                .valueStream()
                .map(pedido -> pedido.path("pedido_id").asString() + " "
                        + pedido.path("status").asString())
                .toList();
    }

    /** On a ledger that has grown since the API planned its statements. */
    @Test
    void listsOfAnyFilterStarveNeitherSingleReadsNorStockNorPosts() throws Exception {
        LoadSlice.of(client, () -> false);
        system.alter(MANY);
        assertThat(client.get("/pedidos?status=DISCARDED")
                        .body()
                        .at("/pedidos/0/pedido_id")
                        .asString())
                .isEqualTo("row-000001");
        assertThat(client.get("/pedidos?status=REJECTED&tipo=pedido&limit=500")
                        .body()
                        .path("pedidos")
                        .size())
                .isEqualTo(500);
        List<LoadSlice> alone = new ArrayList<>();
        List<LoadSlice> together = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            alone.add(LoadSlice.of(client, () -> false));
            together.add(besideLists());
        }

        assertThat(refused(alone)).isZero();
        assertThat(refused(together)).as("on a busy machine a few").isLessThanOrEqualTo(2 * (SLICES - 1));
        assertThat(median(together))
                .as("alone %s", median(alone))
                .isLessThan(median(alone).plus(SLOWER).multipliedBy(2));
    }

    private static LoadSlice besideLists() {
        var ended = new AtomicBoolean();
        var pages = new AtomicInteger();
        var lists = IntStream.range(0, LISTS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> listUntil(ended, i, pages), LISTERS))
                .toList();
        try {
            Awaitility.await("a page").until(() -> pages.get() > 0);
            return LoadSlice.of(client, () -> lists.stream().anyMatch(CompletableFuture::isDone));
        } finally {
            ended.set(true);
            lists.forEach(CompletableFuture::join);
        }
    }

    private static Duration median(List<LoadSlice> slices) {
        return slices.stream()
                .map(LoadSlice::slowPost)
                .sorted()
                .skip(SLICES / 2)
                .findFirst()
                .orElseThrow();
    }

    /** In all slices but the worst, in which the machine may have stood still. */
    private static int refused(List<LoadSlice> slices) {
        return slices.stream()
                .mapToInt(LoadSlice::refused)
                .sorted()
                .limit(SLICES - 1)
                .sum();
    }

    private static void listUntil(AtomicBoolean ended, int number, AtomicInteger pages) {
        while (!ended.get()) {
            int status = status(FILTERS.get(number % FILTERS.size()));
            // On a slow machine a list waits longer for its turn than it may, and is refused.
            assertThat(status).isIn(200, 503);
            if (status == 200) {
                pages.incrementAndGet();
            }
        }
    }

    private static String content(int quantidade) {
        return Client.pedido("many", "many", "A:" + (quantidade + 1));
    }

    private static int status(String path) {
        return status(client, path);
    }

    private static int status(Client client, String path) {
        try {
            return client.get(path).status();
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }
}
