package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StockTest {

    private static TestSystem system;
    private static Client client;
    private static TestProgram worker;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("stock", Map.of());
        client = new Client(system.api());
        worker = system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void ofTwoPedidosThatTogetherWantTooMuchOneIsCompletedAndOneRejected() throws Exception {
        client.stock("only-ten", 10);
        postAll(Client.pedido("eight-1", "rcb-a", "only-ten:8"), Client.pedido("eight-2", "rcb-b", "only-ten:8"));
        awaitFinal("eight-%", 2);

        assertThat(statuses("eight-%")).containsExactlyInAnyOrder("COMPLETED", "REJECTED");
        client.assertStock("only-ten", 2, 8);
        String rejected = one("select pedido_id from pedidos where pedido_id like 'eight-%' and status = 'REJECTED'");
        var answer = client.get("/pedidos/" + rejected);
        assertThat(answer.text("motivo")).isEqualTo("ESTOQUE_INSUFICIENTE");
        assertThat(answer.body().at("/resultado/faltantes/0/disponivel").asInt())
                .isEqualTo(2);
    }

    @Test
    void ofHundredsOfPedidosOnOneSkuExactlyAsManyAreCompletedAsThereIsStock() throws Exception {
        int pedidos = 400;
        int stock = 137;
        client.stock("hot", stock);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < pedidos; i++) {
            bodies.add(Client.pedido("hot-" + i, "rcb-" + i, "hot:1"));
        }
        postAll(bodies.toArray(String[]::new));
        awaitFinal("hot-%", pedidos);

        assertThat(system.count("select count(*) from pedidos where pedido_id like 'hot-%' and status = 'COMPLETED'"))
                .isEqualTo(stock);
        assertThat(system.count("select count(*) from reservas where sku = 'hot'"))
                .isEqualTo(stock);
        client.assertStock("hot", 0, stock);
    }

    @Test
    void stockThatComesWhileAPedidoWaitsForItIsReserved() throws Exception {
        client.stock("all-along", 1);
        client.stock("coming", 0);
        try (var other = system.owner()) {
            other.setAutoCommit(false);
            other.createStatement().execute("update estoque set disponivel = 5 where sku = 'coming'");
            postAll(Client.pedido("waits", "rcb-w", "coming:3", "all-along:1"));
            system.awaitCount(TestSystem.WAITS, 1);
            other.commit();
        }
        awaitFinal("waits", 1);

        assertThat(client.get("/pedidos/waits").text("status")).isEqualTo("COMPLETED");
        client.assertStock("coming", 2, 3);
        client.assertStock("all-along", 0, 1);
    }

    /** As if a worker reserved something right after the commit. */
    @Test
    void theAnswerIsTheStockThatWasSet() throws Exception {
        client.stock("read-later", 0);
        var proxy = system.databaseProxy();
        proxy.hold(
                sql -> sql.contains("from estoque where sku = $1"),
                () -> system.alter("update estoque set disponivel = 3, reservado = 2 where sku = 'read-later'"));
        var api = system.api(Map.of("DATABASE_URL", proxy.uri()));

        var answer = new Http(api).json("PUT", "/estoque/read-later", "{\"disponivel\":5}");

        assertThat(answer.body()).isEqualTo("{\"sku\":\"read-later\",\"disponivel\":5,\"reservado\":0}");
    }

    @Test
    void aPedidoWithOneMissingItemReservesNothing() throws Exception {
        client.stock("plenty", 100);
        client.stock("scarce", 1);
        postAll(
                Client.pedido("partly", "rcb-c", "plenty:5", "scarce:2"),
                Client.pedido("ghost", "rcb-d", "plenty:5", "unheard-of:2", "nobody-knows:1"));
        awaitFinal("partly", 1);
        awaitFinal("ghost", 1);

        var partly = client.get("/pedidos/partly");
        assertThat(partly.text("motivo")).isEqualTo("ESTOQUE_INSUFICIENTE");
        assertThat(partly.body().at("/resultado/faltantes").toString())
                .contains("scarce")
                .doesNotContain("plenty");
        var ghost = client.get("/pedidos/ghost");
        assertThat(ghost.text("motivo")).isEqualTo("SKU_DESCONHECIDO");
        assertThat(ghost.body().at("/resultado/faltantes"))
                .allMatch(item -> item.path("disponivel").isNull())
                .extracting(item -> item.path("sku").stringValue())
                .containsExactly("nobody-knows", "unheard-of");
        client.assertStock("plenty", 100, 0);
    }

    @Test
    void aPedidoNamedLikeTheStocksEventsHasAHistoryOfItsOwn() throws Exception {
        client.stock("shared", 10);
        postAll(Client.pedido("estoque:shared", "rcb-e", "shared:1"));
        awaitFinal("estoque:shared", 1);

        List<String> types = new ArrayList<>();
        client.get("/pedidos/estoque:shared/events")
                .body()
                .path("events")
                .forEach(event -> types.add(event.path("event_type").asString("")));
        assertThat(types).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
    }

    @Test
    void pedidosWithTheSameItemsInOppositeOrderDoNotDeadlock() throws Exception {
        client.stock("x", 100_000);
        client.stock("y", 100_000);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            bodies.add(
                    i % 2 == 0
                            ? Client.pedido("xy-" + i, "rcb-" + i, "x:1", "y:2")
                            : Client.pedido("xy-" + i, "rcb-" + i, "y:2", "x:1"));
        }
        postAll(bodies.toArray(String[]::new));
        awaitFinal("xy-%", 300);

        assertThat(statuses("xy-%")).containsOnly("COMPLETED");
        assertNoDeadlock();
        client.assertStock("y", 99_400, 600);
    }

    @Test
    void pedidosThatFindTooLittleOfOneItemDoNotDeadlock() throws Exception {
        client.stock("few", 100);
        client.stock("many", 100_000);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            bodies.add(Client.pedido("fm-" + i, "rcb-" + i, "few:" + (1 + i % 7), "many:1"));
        }
        postAll(bodies.toArray(String[]::new));
        awaitFinal("fm-%", 300);

        assertNoDeadlock();
        long completed =
                system.count("select count(*) from pedidos where pedido_id like 'fm-%' and status = 'COMPLETED'");
        client.assertStock("many", 100_000 - completed, completed);
        assertThat(system.count("select disponivel from estoque where sku = 'few'"))
                .isZero();
    }

    /** A session tells its statistics at its end at the latest. */
    private static void assertNoDeadlock() throws Exception {
        worker.drain();
        assertThat(system.count("select deadlocks from pg_stat_database where datname = current_database()"))
                .isZero();
        worker = system.worker();
    }

    private static void postAll(String... bodies) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (var body : bodies) {
            answers.add(client.postAsync(body).thenApply(answer -> answer.status()));
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(202));
    }

    private static void awaitFinal(String like, int count) {
        system.awaitCount(
                "select count(*) from pedidos where status in ('COMPLETED', 'REJECTED') and pedido_id like '" + like
                        + "'",
                count);
    }

    private static List<String> statuses(String like) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select status from pedidos where pedido_id like :like")
                        .bind("like", like)
                        .mapTo(String.class)
                        .list());
    }

    private static String one(String query) {
        return system.ledger()
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).one());
    }
}
