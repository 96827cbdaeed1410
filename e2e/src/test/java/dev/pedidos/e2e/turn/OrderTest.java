package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {

    private static final int RECEIVERS = 12;
    private static final int EACH = 25;

    /** More than a worker handles for one receiver in a row. */
    private static final int FOLLOWERS = 130;

    @Test
    void everyReceiverIsServedInOrderWhileWorkersComeAndGo() throws Exception {
        try (var system = TestSystem.start("order", Map.of())) {
            var client = new Client(system.api());
            client.stock("sku", 1_000_000);
            var databaseOfFirst = system.databaseProxy();
            var databaseOfSecond = system.databaseProxy();
            var first = system.workerBehind(databaseOfFirst);
            var second = system.workerBehind(databaseOfSecond);
            var killed = databaseOfFirst.before(Statements.nth(20, Statements.FINISH), first::kill);
            var stopped = databaseOfSecond.hold(Statements.nth(40, Statements.FINISH), second::terminate);
            var sending = CompletableFuture.allOf(IntStream.range(0, RECEIVERS)
                    .mapToObj(receiver -> sendInOrder(client, receiver, 0))
                    .toArray(CompletableFuture[]::new));
            killed.awaitSprung();
            var third = system.worker();
            stopped.awaitSprung();
            assertThat(second.exitCode()).isEqualTo(TestProgram.SIGTERM);
            sending.join();
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", RECEIVERS * EACH);

            for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                assertThat(inOrderOfEffect(system, receiver)).isEqualTo(inOrderOfSending(receiver));
            }
            third.drain();
        }
    }

    @Test
    void aHeadThatFailsHoldsItsReceiverAndNobodyElse() throws Exception {
        var settings = Map.of(
                "PEDIDOS_HANDLER_SIMULADO",
                "on",
                "PEDIDOS_RETRY_BASE_MS",
                "60000",
                "PEDIDOS_RETRY_MAX_MS",
                "60000",
                "PEDIDOS_SHARDS",
                "1");
        try (var system = TestSystem.start("head", settings)) {
            var client = new Client(system.api());
            client.stock("sku", 1_000);
            system.worker();
            send(client, Client.simulado("head", "held", "{\"falhas_transitorias\":3}"));
            var others = IntStream.range(0, FOLLOWERS)
                    .mapToObj(i ->
                            client.postAsync(Client.pedido(RootLocale.format("other-%03d", i), "free-" + i, "sku:1")))
                    .toList();
            for (int i = 0; i < FOLLOWERS; i++) {
                send(client, Client.pedido(RootLocale.format("follower-%03d", i), "held", "sku:1"));
            }
            others.forEach(answer -> assertThat(answer.join().status()).isEqualTo(202));
            system.awaitCount(
                    "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like 'other-%'", FOLLOWERS);
            system.awaitCount("select count(*) from pedidos where parked", FOLLOWERS);
            assertThat(effects(system, "held")).isEmpty();
            for (int failed = 1; failed <= 3; failed++) {
                system.hasten("head", failed);
            }
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 1 + 2 * FOLLOWERS);

            assertThat(effects(system, "held").getFirst()).isEqualTo("head");
            assertThat(effects(system, "held").subList(1, 1 + FOLLOWERS)).isSorted();
            assertThat(client.get("/pedidos/head").number("tentativas")).isEqualTo(4);
        }
    }

    private static CompletableFuture<Void> sendInOrder(Client client, int receiver, int number) {
        if (number == EACH) {
            return CompletableFuture.completedFuture(null);
        }
        return client.postAsync(Client.pedido(id(receiver, number), "rcb-" + receiver, "sku:1"))
                .thenCompose(answer -> {
                    assertThat(answer.status()).isEqualTo(202);
                    return sendInOrder(client, receiver, number + 1);
                });
    }

    private static void send(Client client, String pedido) throws Exception {
        assertThat(client.post(pedido).status()).isEqualTo(202);
    }

    private static List<String> inOrderOfSending(int receiver) {
        return IntStream.range(0, EACH).mapToObj(number -> id(receiver, number)).toList();
    }

    private static List<String> inOrderOfEffect(TestSystem system, int receiver) {
        return effects(system, "rcb-" + receiver);
    }

    private static List<String> effects(TestSystem system, String recebedor) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select e.external_id from operation_events e join pedidos p on p.pedido_id = e.external_id"
                                        + " where e.event_type = 'COMPLETED' and p.recebedor_id = :recebedor order by e.id")
                        .bind("recebedor", recebedor)
                        .mapTo(String.class)
                        .list());
    }

    private static String id(int receiver, int number) {
        return RootLocale.format("p-%02d-%03d", receiver, number);
    }
}
