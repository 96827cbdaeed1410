package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.replay.LedgerReplay;
import dev.pedidos.tools.proof.replay.ReplayWatch;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other tables still know of pedidos whose month was dropped from the archive. */
class DroppedMonthTest {
    private static final long FEBRUARY_2020 = 1_581_000_000_000_000L;

    private TestSystem system;
    private TestProgram api;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start(
                "dropped-month", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_ARQUIVAR_APOS", "1s"));
        api = system.apiByLedger();
        system.worker();
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void whatIsLeftOfADroppedMonthIsNoFault() throws Exception {
        String owner = system.stores().databaseAdminUrl();
        accept(PedidoCodec.readMessage(bytes(Client.simulado("feb", "rcb-feb", "{}"))));
        var created = OperationReader.read(bytes(
                        "{\"external_id\":\"feb\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":500}}"))
                .pedido();
        accept(created);
        awaitArchived("feb");
        awaitArchived(created.pedidoId());
        assertThat(new Http(api)
                        .json(
                                "POST",
                                "/operations",
                                "{\"external_id\":\"feb\",\"event_type\":\"STARTED\",\"payload\":{}}")
                        .statusCode())
                .isEqualTo(202);
        system.awaitCount("select count(*) from operations where external_id = 'feb' and version = 2", 1);
        system.alter("insert into operation_events (external_id, event_type, payload, payload_hash)"
                + " values ('recebedor:rcb-feb', 'RECEBEDOR_LIBERADO', '{\"pedido_id\":\"feb\",\"ciclo\":0}', '')");
        system.alter("insert into webhooks (tipo, pedido_id, url, endpoint, corpo, status, terminado_em)"
                + " values ('pedido.completed', 'feb', 'http://h/', 'http://h:80', '{}', 'DELIVERED', now())");
        var dropped = PedidosCommand.run("archive", "drop", "2020-02", "--yes", "--url", owner);
        assertThat(dropped.exitCode()).as(dropped.output()).isZero();
        assertThat(status("/pedidos/feb")).isEqualTo(200);
        assertThat(status("/pedidos/feb/stream"))
                .as("nothing is left to listen to")
                .isEqualTo(204);
        assertThat(status("/pedidos/mar/stream")).isEqualTo(404);

        for (Optional<Since> since :
                List.of(Optional.<Since>empty(), Optional.<Since>of(new Since.Ago(Duration.ofHours(1))))) {
            var judgement = Judging.with(system, since);
            assertThat(Judging.broken(judgement)).isEmpty();
            assertThat(judgement.verdicts())
                    .filteredOn(verdict -> verdict.law().equals(OperationsLaw.NAME))
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.counted()).contains("1 with pedidos of dropped months"));
        }
        try (var replay = new LedgerReplay(DatabaseUrl.parse(owner))) {
            assertThat(replay.begin()).isTrue();
            var result = replay.run(ReplayWatch.NONE);
            assertThat(result.projections())
                    .allSatisfy(one -> assertThat(one.examples()).as(one.name()).isEmpty());
            assertThat(result.droppedOperations()).isEqualTo(1);
            assertThat(replay.putInPlace().left()).isZero();
        }
        assertThat(system.count("select version from operations where external_id = 'feb'"))
                .isEqualTo(2);
        assertThat(system.count("select count(*) from operation_outcomes where external_id = 'feb'"))
                .isEqualTo(2);
    }

    private int status(String path) throws Exception {
        return new Http(api)
                .send("GET", path, BodyPublishers.noBody())
                .get(10, TimeUnit.SECONDS)
                .statusCode();
    }

    private void accept(Pedido pedido) throws Exception {
        new PedidoInserts(system.ledger(), Duration.ZERO, place -> {})
                .insert(List.of(NewPedido.of(pedido, true).acceptedAt(FEBRUARY_2020)));
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private void awaitArchived(String id) {
        system.awaitCount(RootLocale.format("select count(*) from pedidos_arquivados where pedido_id = '%s'", id), 1);
    }
}
