package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers with and without a plugin stand side by side while it is rolled out. */
class RolloutTest {

    private static final String HANDLER = """
            package com.example;

            import dev.pedidos.shared.message.Pedido;
            import dev.pedidos.worker.handler.Handler;
            import dev.pedidos.worker.handler.Outcome;
            import dev.pedidos.worker.handler.Preparation;
            import org.jdbi.v3.core.Handle;

            public final class NovidadeHandler implements Handler {

                @Override
                public String tipo() {
                    return "novidade";
                }

                @Override
                public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
                    return new Outcome.Completed(null);
                }
            }
            """;

    private static final String UNDO = """

                @Override
                public Undo undo(Pedido pedido, JsonNode resultado, Handle tx) {
                    return new Undo.Undone(null);
                }
            }
            """;

    private static final String NOVIDADE = "select count(*) from pedidos where tipo = 'novidade' and status = ";

    private static final String CANCELLATION = "select count(*) from pedidos where tipo = 'cancelamento' and status = ";

    /** Whatever names the workers have: with one shard, the names decide which worker gets it. */
    private static final String ONE_SHARD_EACH =
            "select count(*) from living_workers where cardinality(shards_active) = 1";

    /** Pedidos of receivers of their own. */
    private static final List<String> ON_BOTH_SHARDS = List.of("a", "b", "c", "d", "e", "f");

    @TempDir
    private Path plugins;

    @TempDir
    private Path undoing;

    @Test
    void aWorkerWithoutTheHandlerLeavesItsPedidosToOneThatHasIt() throws Exception {
        Plugin.pack("com.example.NovidadeHandler", HANDLER, plugins);
        try (var system = TestSystem.start("rollout", Map.of("PEDIDOS_SHARDS", "2"))) {
            var client = new Client(system.api());
            var without = system.worker();
            var with = system.worker(Map.of("PEDIDOS_PLUGINS", plugins.toString()));
            system.awaitCount(ONE_SHARD_EACH, 2);

            for (String id : ON_BOTH_SHARDS) {
                assertThat(client.post(novidade(id)).status()).isEqualTo(202);
            }
            awaitAny(system, NOVIDADE + "'RETRYING'");
            without.stop();
            for (String id : ON_BOTH_SHARDS) {
                client.awaitStatus(id, "COMPLETED");
                assertThat(client.get("/pedidos/" + id).number("tentativas")).isEqualTo(1);
            }

            with.stop();
            system.worker();
            assertThat(client.post(novidade("late")).status())
                    .as("the tipo stays registered")
                    .isEqualTo(202);
            client.awaitStatus("late", "DEAD_LETTERED");
            assertThat(client.get("/pedidos/late").text("motivo")).isEqualTo("TIPO_DESCONHECIDO");
        }
    }

    /** The other workers see it only then. */
    @Test
    void aTipoIsAcceptedWhenItsWorkerHasJoinedTheFleet() throws Exception {
        Plugin.pack("com.example.NovidadeHandler", HANDLER, plugins);
        try (var system = TestSystem.start("rollout-join", Map.of("PEDIDOS_SHARDS", "1"));
                var broker = new TcpProxy(system.stores().amqpUri())) {
            var client = new Client(system.api());
            var without = system.worker();
            broker.cutOff();
            var with = system.workerBegun(Map.of("PEDIDOS_PLUGINS", plugins.toString(), "AMQP_URI", broker.uri()));
            with.awaitStatus("DEGRADED");
            assertThat(client.post(novidade("early")).status()).isEqualTo(422);

            broker.heal();
            with.awaitReady();
            assertThat(client.post(novidade("early")).status()).isEqualTo(202);
            without.stop();
            client.awaitStatus("early", "COMPLETED");
            assertThat(client.get("/pedidos/early").number("tentativas")).isEqualTo(1);
        }
    }

    /** The worker that is back first knows nothing of the other one for a moment. */
    @Test
    void afterAnOutageAWorkerWithoutTheHandlerWaitsForTheOthersToComeBack() throws Exception {
        Plugin.pack("com.example.NovidadeHandler", HANDLER, plugins);
        try (var system = TestSystem.start("rollout-outage", Map.of("PEDIDOS_SHARDS", "1"))) {
            var client = new Client(system.api());
            var database = system.databaseProxy();
            var without = system.workerBehind(database);
            system.awaitCount("select count(*) from workers where shards_active = '{0}'", 1);
            var databaseOfOther = system.databaseProxy();
            system.worker(Map.of("PEDIDOS_PLUGINS", plugins.toString(), "DATABASE_URL", databaseOfOther.uri()));
            system.awaitCount("select count(*) from living_workers where 'novidade' = any (tipos)", 1);

            database.network().cutOff();
            databaseOfOther.network().cutOff();
            assertThat(client.post(novidade("outage")).status()).isEqualTo(202);
            system.awaitCount("select count(*) from living_workers", 0);
            database.network().heal();
            client.awaitStatus("outage", "RETRYING");

            databaseOfOther.network().heal();
            without.stop();
            client.awaitStatus("outage", "COMPLETED");
            assertThat(client.get("/pedidos/outage").number("tentativas")).isEqualTo(1);
        }
    }

    /** Their rows say nothing of living workers then. */
    @Test
    void whileWorkersCannotSayThatTheyLiveOneWithoutTheHandlerWaits() throws Exception {
        Plugin.pack("com.example.NovidadeHandler", HANDLER, plugins);
        try (var system = TestSystem.start("rollout-beats", Map.of("PEDIDOS_SHARDS", "2"))) {
            system.migrate();
            system.alter("insert into tipos (tipo) values ('abandonado')");
            var client = new Client(system.api());
            var without = system.worker();
            system.worker(Map.of("PEDIDOS_PLUGINS", plugins.toString()));
            system.awaitCount(ONE_SHARD_EACH, 2);
            for (String id : ON_BOTH_SHARDS) {
                client.post(novidade("known-" + id).replace("novidade", "abandonado"));
            }
            system.awaitCount("select count(*) from pedidos where motivo = 'TIPO_DESCONHECIDO'", ON_BOTH_SHARDS.size());

            try (var outage = system.owner()) {
                outage.setAutoCommit(false);
                outage.createStatement().execute("lock table workers in exclusive mode");
                system.awaitCount("select count(*) from living_workers", 0);
                for (String id : ON_BOTH_SHARDS) {
                    assertThat(client.post(novidade(id)).status()).isEqualTo(202);
                }
                system.awaitCount("select count(*) from pedidos where status in ('PENDING', 'PROCESSING')", 0);
            }
            assertThat(system.count(NOVIDADE + "'RETRYING'"))
                    .as("of the worker without the handler")
                    .isPositive();
            assertThat(system.count(NOVIDADE + "'COMPLETED'"))
                    .as("of the other one")
                    .isPositive();

            without.stop();
            for (String id : ON_BOTH_SHARDS) {
                client.awaitStatus(id, "COMPLETED");
                assertThat(client.get("/pedidos/" + id).number("tentativas")).isEqualTo(1);
            }
        }
    }

    @Test
    void aWorkerWithoutTheHandlerLeavesACancellationToOneThatHasIt() throws Exception {
        assertThatTheCancellationIsLeftToAnother(Map.of());
    }

    @Test
    void aWorkerWhoseHandlerCannotUndoLeavesACancellationToOneWhoseHandlerCan() throws Exception {
        Plugin.pack("com.example.NovidadeHandler", HANDLER, plugins);
        assertThatTheCancellationIsLeftToAnother(Map.of("PEDIDOS_PLUGINS", plugins.toString()));
    }

    private void assertThatTheCancellationIsLeftToAnother(Map<String, String> settingsOfOld) throws Exception {
        packUndoing();
        try (var system = TestSystem.start("rollout-cancel", Map.of("PEDIDOS_SHARDS", "2"))) {
            var client = new Client(system.api());
            var undoes = Map.of("PEDIDOS_PLUGINS", undoing.toString());
            var first = system.worker(undoes);
            for (String id : ON_BOTH_SHARDS) {
                client.post(novidade(id));
            }
            system.awaitCount(NOVIDADE + "'COMPLETED'", ON_BOTH_SHARDS.size());
            first.stop();
            var old = system.worker(settingsOfOld);
            system.worker(undoes);
            system.awaitCount(ONE_SHARD_EACH, 2);
            assertThat(new SqlTurns(system.ledger(), Duration.ZERO).anyWorkerUndoes("novidade"))
                    .isTrue();

            for (String id : ON_BOTH_SHARDS) {
                assertThat(client.cancel(id).status()).isEqualTo(202);
            }
            awaitAny(system, CANCELLATION + "'RETRYING' and agendamento > 0 and tentativas = 0");
            old.stop();
            for (String id : ON_BOTH_SHARDS) {
                client.awaitStatus(id, "CANCELLED");
            }
        }
    }

    private static void awaitAny(TestSystem system, String count) {
        Awaitility.await(count).until(() -> system.count(count) > 0);
    }

    @Test
    void aCancellationThatNoLivingWorkerCanUndoIsRefused() throws Exception {
        Plugin.pack("com.example.NovidadeHandler", HANDLER, plugins);
        try (var system = TestSystem.start("rollout-final", Map.of("PEDIDOS_SHARDS", "1"))) {
            var client = new Client(system.api());
            system.worker(Map.of("PEDIDOS_PLUGINS", plugins.toString()));
            client.post(novidade("done"));
            client.awaitStatus("done", "COMPLETED");

            // As if a worker that can had just ended.
            system.alter("update tipos set desfaz = true where tipo = 'novidade'");
            assertThat(client.cancel("done").status()).isEqualTo(202);
            system.awaitCount(CANCELLATION + "'REJECTED' and motivo = 'NAO_CANCELAVEL'", 1);
            assertThat(client.get("/pedidos/done").text("status")).isEqualTo("COMPLETED");
        }
    }

    private void packUndoing() throws IOException {
        String source = HANDLER.replace("import org.jdbi", "import dev.pedidos.worker.handler.Undo;\nimport org.jdbi")
                .replace("core.Handle;", "core.Handle;\nimport tools.jackson.databind.JsonNode;")
                .replaceFirst("}\\s*$", UNDO);
        Plugin.pack("com.example.NovidadeHandler", source, undoing);
    }

    private static String novidade(String id) {
        return Client.simulado(id, "rcb-" + id, "{}").replace("simulado", "novidade");
    }
}
