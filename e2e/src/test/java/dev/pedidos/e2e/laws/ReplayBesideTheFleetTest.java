package dev.pedidos.e2e.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.tools.proof.replay.Projection;
import dev.pedidos.tools.proof.replay.ReplayWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A replay beside a fleet that works: what it puts in place is processed and told, and the archive is left alone. */
class ReplayBesideTheFleetTest {
    private static final String NO_TRIGGER = "alter table operation_events disable trigger all";
    private static final String TRIGGER = "alter table operation_events enable trigger all";

    private static TestSystem system;
    private static Client client;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "replay-beside", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_ON_DEAD_LETTER", "hold"));
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
        client.stock("x", 100);
        client.stock("y", 100);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aPedidoWhoseRowIsGoneComesBackAndIsProcessedInItsTurn() throws Exception {
        client.post(Client.simulado("lost-before", "f", "{\"falha_permanente\":true}"));
        client.awaitStatus("lost-before", "DEAD_LETTERED");
        client.post(Client.simulado("lost", "f", "{}"));
        system.awaitCount("select count(*) from pedidos where pedido_id = 'lost' and parked", 1);
        system.alter("delete from pedidos where pedido_id = 'lost'");
        try (var replay = Replays.begun(system)) {
            assertThat(Replays.differing(replay.run(ReplayWatch.NONE)))
                    .extracting(Projection::name)
                    .containsExactly("pedidos");
            assertThat(replay.putInPlace().left()).isZero();
        }
        assertThat(client.get("/pedidos/lost").text("status")).isEqualTo("PENDING");
        operator.discard("lost-before");
        client.awaitStatus("lost", "COMPLETED");
        assertThat(Replays.differing(Replays.run(system))).isEmpty();
        Judging.assertEveryLawHolds(system);
    }

    @Test
    void aClientIsToldOfAnEndOnceAndOfOneThatItWasNotToldOf() throws Exception {
        for (String id : List.of("told", "untold")) {
            client.post(Client.pedido(id, "h", "x:1"));
            client.awaitStatus(id, "COMPLETED");
        }
        system.alter("update pedidos set callback_url = 'http://h/' where recebedor_id = 'h'");
        system.alter("insert into webhooks (tipo, pedido_id, url, endpoint, corpo, status, terminado_em)"
                + " values ('pedido.completed', 'told', 'http://h/', 'http://h:80', '{}', 'DELIVERED', now())");
        system.alter("update pedidos set status = 'PENDING' where recebedor_id = 'h'");
        try (var replay = Replays.begun(system)) {
            assertThat(Replays.differing(replay.run(ReplayWatch.NONE))).isNotEmpty();
            assertThat(replay.putInPlace().left()).isZero();
        }
        assertThat(client.get("/pedidos/told").text("status")).isEqualTo("COMPLETED");
        assertThat(system.text("select string_agg(pedido_id, ' ' order by pedido_id) from webhooks"))
                .isEqualTo("told untold");
        Judging.assertEveryLawHolds(system);
    }

    @Test
    void anArchivedPedidoIsComparedAndLeftAlone() throws Exception {
        client.post(Client.pedido("old", "g", "x:1"));
        client.awaitStatus("old", "COMPLETED");
        system.alter("do $$ begin"
                + " perform open_archive_month(archive_month(ordem)) from pedidos where pedido_id = 'old';"
                + " perform archive_pedidos(array['old']); end $$");
        assertThat(system.count("select count(*) from reservas_arquivadas where pedido_id = 'old'"))
                .isEqualTo(1);
        assertThat(Replays.differing(Replays.run(system))).isEmpty();

        system.alter("update reservas_arquivadas set quantidade = 2 where pedido_id = 'old'");
        try (var replay = Replays.begun(system)) {
            assertThat(Replays.differing(replay.run(ReplayWatch.NONE)))
                    .extracting(Projection::name)
                    .containsExactly("reservas");
            assertThat(replay.putInPlace().left()).isEqualTo(1);
        }
        assertThat(system.count("select count(*) from reservas where pedido_id = 'old'"))
                .isZero();
        system.alter("update reservas_arquivadas set quantidade = 1 where pedido_id = 'old'");
        assertThat(Replays.differing(Replays.run(system))).isEmpty();
    }

    @Test
    void whileTheFleetWorksItIsCompared() throws Exception {
        client.stock("busy", 1_000_000);
        List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 150; i++) {
                answers.add(client.postAsync(Client.pedido("busy-" + round + "-" + i, "busy-" + i % 7, "busy:1")));
            }
            assertThat(Replays.differing(Replays.run(system))).isEmpty();
        }
        for (var answer : answers) {
            assertThat(answer.get().status()).isEqualTo(202);
        }
        system.awaitCount(
                "select count(*) from pedidos where recebedor_id like 'busy-%' and status = 'COMPLETED'",
                answers.size());
    }

    @Test
    void theContentOfAnOlderPedidoIsTakenFromItsRow() throws Exception {
        client.post(Client.pedido("older", "g", "y:1"));
        client.awaitStatus("older", "COMPLETED");
        system.alter("update pedidos p set payload = e.conteudo from operation_events e"
                + " where p.pedido_id = 'older' and e.external_id = 'older' and e.event_type = 'ACCEPTED'");
        system.alter(NO_TRIGGER);
        system.alter("update operation_events set conteudo = null, payload_hash = sha256('x')"
                + " where external_id = 'older' and event_type = 'ACCEPTED'");
        try {
            assertThat(client.get("/pedidos/older").body().at("/itens/0/sku").asString(""))
                    .isEqualTo("y");
            var result = Replays.run(system);
            assertThat(Replays.differing(result)).isEmpty();
            assertThat(result.withoutContent()).isEqualTo(1);
        } finally {
            system.alter(
                    "update operation_events e set conteudo = p.payload, payload_hash = p.payload_hash from pedidos p"
                            + " where p.pedido_id = 'older' and e.external_id = 'older' and e.event_type = 'ACCEPTED'");
            system.alter(TRIGGER);
            system.alter("update pedidos set payload = null where pedido_id = 'older'");
        }
    }
}
