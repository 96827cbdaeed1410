package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Fault 12: the database is down for a while, for the API alone or together with the broker. */
@Order(7)
class DatabaseAwayTest {

    private static final int SESSIONS = 20;
    /** The wait for the answer to an insert, the wait for a session, and some time. */
    private static final Duration WITH_OTHERS = Duration.ofSeconds(45);
    /** If the broker takes no message for so long, later pedidos are inserted at once. */
    private static final Duration ROUTES_APART = Duration.ofSeconds(2);
    /** Without 1 s of the time that an answer of the ledger or a confirm may take. */
    private static final Duration BOTH_STORES_LATE = Duration.ofSeconds(3);

    private static TestSystem system;
    private static TcpProxy database;
    private static TcpProxy broker;
    private static TestProgram api;

    private Client client;
    private Standstills standstills;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("database-away", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        database = new TcpProxy(system.stores().databaseUrl());
        broker = new TcpProxy(system.stores().amqpUri());
        api = system.api(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", broker.uri()));
        system.worker();
    }

    @BeforeEach
    void measure() throws Exception {
        client = new Client(api);
        standstills = new Standstills(system);
    }

    /** One store was up all the time, but for posts that the tests expect to be refused. */
    @AfterEach
    void noPostWasRefused() throws Exception {
        boolean late = standstills.longest().compareTo(BOTH_STORES_LATE) >= 0;
        standstills.close();
        if (!late) {
            assertThat(client.refused()).as("answered 503").isZero();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        system.close();
        database.close();
        broker.close();
    }

    @Test
    void tenThousandAcceptedWithoutTheDatabaseTakeEffectInTheOrderOfTheirAcceptance() throws Exception {
        post("before", "rcb-0");
        database.cutOff();
        awaitReadiness("DEGRADED");
        Crowd.mustBeAccepted(client.postUntilTaken(longerAsWeWriteIt()));
        Crowd.of(100, receiver -> {
            for (int i = 0; i < 100; i++) {
                post(RootLocale.format("away-%03d-%03d", receiver, i), "rcb-" + receiver);
            }
        });
        Crowd.mustBeAccepted(client.postUntilTaken(Client.simulado("away-000-000", "rcb-0", "{}")));
        database.heal();
        long back = System.nanoTime();
        system.awaitCount("select count(*) from pedidos where unnoted and pedido_id like 'away-%'", 10_000);
        Duration inserted = Duration.ofNanos(System.nanoTime() - back);
        system.awaitCount(
                "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like 'away-%'", 10_000);

        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED' and pedido_id = 'long'", 1);
        assertThat(inserted).as("until all were inserted").isLessThan(Duration.ofSeconds(60));
        assertThat(overtaken(false)).isEmpty();
        awaitReadiness("READY");
    }

    @Test
    void clientsThatWaitForEachAnswerSeeTheirOrderKeptThroughOutages() throws Exception {
        var ended = new AtomicBoolean();
        int[] sent = new int[5];
        try (var clients = Executors.newSingleThreadExecutor()) {
            var sending = clients.submit(() -> {
                Crowd.of(sent.length, receiver -> {
                    while (!ended.get()) {
                        post(RootLocale.format("flap-%03d-%05d", receiver, sent[receiver]++), "flap-" + receiver);
                    }
                });
                return null;
            });
            try {
                client.awaitLedgerPath();
                database.cutOff();
                awaitReadiness("DEGRADED");
                database.heal();
                client.awaitLedgerPath();
            } finally {
                ended.set(true);
            }
            sending.get();
        }
        system.awaitCount(
                "select count(*) from pedidos where recebedor_id like 'flap-%' and status = 'COMPLETED'",
                Arrays.stream(sent).sum());

        assertThat(system.count("select count(*) from pedidos where recebedor_id like 'flap-%' and unnoted"))
                .isPositive();
        assertThat(system.count("select count(*) from pedidos where recebedor_id like 'flap-%' and not unnoted"))
                .isPositive();
        assertThat(overtaken(standstills.longest().compareTo(ROUTES_APART) >= 0))
                .isEmpty();
    }

    /** Each would be waited for before the next one is tried. */
    @Test
    void sessionsThatTheNetworkHasLostAreForgottenTogether() throws Exception {
        client.awaitLedgerPath();
        Crowd.of(SESSIONS, reader -> {
            for (int i = 0; i < 50; i++) {
                client.get("/pedidos/unknown-" + reader);
            }
        });
        database.stall();
        post("with-other-sessions", "rcb-0");
        Awaitility.await("with other sessions")
                .atMost(WITH_OTHERS)
                .until(() -> system.count("select count(*) from pedidos"
                                + " where pedido_id = 'with-other-sessions' and status = 'COMPLETED'")
                        == 1);
        awaitReadiness("READY");
    }

    @Test
    void ofTwoContentsAcceptedWithoutTheDatabaseOneWinsAndTheOtherIsARecordedConflict() throws Exception {
        database.cutOff();
        awaitReadiness("DEGRADED");
        Crowd.mustBeAccepted(client.postUntilTaken(Client.simulado("two", "rcb-a", "{}")));
        Crowd.mustBeAccepted(client.postUntilTaken(Client.simulado("two", "rcb-b", "{}")));
        database.heal();
        system.awaitCount(
                "select count(*) from operation_events where external_id = 'two' and event_type = 'CONFLICT'", 1);
        system.awaitCount("select count(*) from pedidos where pedido_id = 'two' and status = 'COMPLETED'", 1);

        assertThat(client.get("/pedidos/two").text("recebedor_id")).isEqualTo("rcb-a");
    }

    /** As if the database's clock had been set back since the first one was inserted. */
    @Test
    void aPedidoAcceptedByARestartedApiFollowsOneWhosePlaceIsAheadOfTheClock() throws Exception {
        post("ahead", "rcb-clock");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'ahead' and status = 'COMPLETED'", 1);
        system.alter("update pedidos set ordem = ordem + 1800000000 where pedido_id = 'ahead'");
        try (var restarted = system.api(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", broker.uri()))) {
            var itsClient = new Client(restarted);
            Awaitility.await("inserts").until(() -> restarted.metric("pedidos_gate") == 1);
            database.cutOff();
            Awaitility.await()
                    .until(() -> itsClient.get("/readyz").text("status").equals("DEGRADED"));
            Crowd.mustBeAccepted(itsClient.postUntilTaken(Client.simulado("behind", "rcb-clock", "{}")));
            database.heal();
        }
        system.awaitCount("select count(*) from pedidos where pedido_id = 'behind' and status = 'COMPLETED'", 1);
        assertThat(system.text("select string_agg(pedido_id, ' ' order by ordem) from pedidos where recebedor_id ="
                        + " 'rcb-clock'"))
                .isEqualTo("ahead behind");
    }

    @Test
    void aPedidoThatIsCancelledWhileItIsDownIsUndoneAfterwards() throws Exception {
        client.awaitLedgerPath();
        client.stock("outage", 10);
        client.post(Client.pedido("outage-1", "rcb-outage", "outage:8"));
        client.awaitStatus("outage-1", "COMPLETED");
        database.cutOff();
        awaitReadiness("DEGRADED");
        var answer = client.cancel("outage-1");
        database.heal();

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("UNKNOWN");
        client.awaitLedgerPath();
        client.awaitStatus("outage-1", "CANCELLED");
        client.assertStock("outage", 10, 0);
    }

    @Test
    void withBothStoresDownTheAnswerIs503AtOnceAndLaterPedidosAreAcceptedAgain() throws Exception {
        database.cutOff();
        broker.cutOff();
        awaitReadiness("DOWN");
        var fastest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            var answer = new Http(api).json("POST", "/pedidos", Client.simulado("none", "rcb-n", "{}"));
            fastest = Collections.min(List.of(fastest, Duration.ofNanos(System.nanoTime() - start)));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(fastest).isLessThan(Duration.ofSeconds(1));
        assertThat(new Http(api).get("/readyz").path("database").asString()).isEqualTo("DOWN");

        broker.heal();
        database.heal();
        awaitReadiness("READY");
        post("after-both", "rcb-n");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'after-both' and status = 'COMPLETED'", 1);
    }

    @Test
    void aDatabaseThatDoesNotAnswerKeepsNobodyWaitingForLong() throws Exception {
        database.swallowAnswers();
        long start = System.nanoTime();
        post("half-open", "rcb-h");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        post("half-open-next", "rcb-h");
        database.heal();
        system.awaitCount("select count(*) from pedidos where pedido_id like 'half-open%' and status = 'COMPLETED'", 2);
    }

    /**
     * Of each receiver the sent order is the order of ids.
     *
     * @param apart whether those that the broker took have an order of their own
     */
    private static List<String> overtaken(boolean apart) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                    select pedido_id from (
                        select p.pedido_id,
                            max(p.pedido_id) over (partition by p.recebedor_id, p.unnoted and :apart
                                order by e.id rows between unbounded preceding and 1 preceding) as before
                        from operation_events e
                        join pedidos p on p.pedido_id = e.external_id
                        where e.event_type = 'COMPLETED'
                          and (p.pedido_id like 'away-%' or p.pedido_id like 'flap-%')
                    ) effects
                    where before > pedido_id\
                    """)
                        .bind("apart", apart)
                        .mapTo(String.class)
                        .list());
    }

    /** Below the limit as it is sent, and above it with 1E+9 for 1e9. */
    private static String longerAsWeWriteIt() {
        String numbers = String.join(",", Collections.nCopies(60_000, "1e9"));
        return Client.simulado("long", "rcb-long", "{\"x\":[" + numbers + "]}");
    }

    private void post(String id, String receiver) throws Exception {
        int status = client.postUntilTaken(Client.simulado(id, receiver, "{}")).status();
        assertThat(status).as(id).isIn(200, 202);
    }

    private void awaitReadiness(String status) {
        Awaitility.await(status)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.get("/readyz").text("status").equals(status));
    }
}
