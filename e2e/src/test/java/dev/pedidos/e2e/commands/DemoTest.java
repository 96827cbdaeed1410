package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(PedidosCommand.CHECKOUT)
@Order(4)
class DemoTest {

    @TempDir
    private Path folder;

    /** The sample fails twice and takes 150 ms, and its receivers go on after a dead letter. */
    private static final Map<String, String> OTHER_SETTINGS = Map.of(
            "PEDIDOS_MAX_TENTATIVAS", "2",
            "PEDIDOS_HANDLER_LIMIT_MS", "100",
            "PEDIDOS_ORDERING", "none",
            "PEDIDOS_ON_DEAD_LETTER", "hold",
            "PEDIDOS_SHARDS", "4",
            "PEDIDOS_DECLARE", "off");

    @Test
    void sampleOrdersGoThroughAndEveryLawIsKeptWhateverTheUserHasSet() throws Exception {
        var demo = PedidosCommand.in(OTHER_SETTINGS, "demo", "--pedidos", "1000", "--workers", "2");

        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(demo.output())
                .containsPattern("accepted \\(202\\) +1,000 ")
                .containsPattern("REJECTED ESTOQUE_INSUFICIENTE +[1-9]")
                .containsPattern("DEAD_LETTERED FALHA_PERMANENTE +[1-9]")
                .containsPattern("OK +every-dead-letter-is-in-its-queue +\\d+ letters, 2 of them poison messages")
                .containsPattern("order violations +0 ")
                .containsPattern("stock check +exact ")
                .doesNotContain("VIOLATED");
        assertThat(PedidosCommand.pidFiles()).isEmpty();
    }

    /** Both find the first port free, and each program of both has a name of its own. */
    @Test
    void twoDemosAtTheSameInstantKeepApart() throws Exception {
        var first = PedidosCommand.start("demo", "--pedidos", "50", "--seed", "1");
        var second = PedidosCommand.start("demo", "--pedidos", "50", "--seed", "2");

        for (var demo : List.of(first.awaitEnd(), second.awaitEnd())) {
            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output()).doesNotContain("VIOLATED");
        }
        assertThat(PedidosCommand.pidFiles()).isEmpty();
    }

    @Test
    void everyLawIsKeptWhileWorkersAreKilledAndConnectionsCut() throws Exception {
        try (var stores = TestStores.fresh("chaos")) {
            String oneHostIsDown = stores.amqpUri().replaceFirst("@", "@127.0.0.1:1,");
            var environment = Map.of(
                    "AMQP_URI", oneHostIsDown,
                    "DATABASE_URL", stores.databaseUrl(),
                    "PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl());
            var demo = PedidosCommand.in(
                    environment, "demo", "--pedidos", "600", "--workers", "2", "--seed", "2", "--chaos");

            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .containsPattern("workers killed +[1-9]")
                    .containsPattern("broker connections cut +[1-9]")
                    .containsPattern("OK +trouble-ends-as-it-must")
                    .doesNotContain("VIOLATED");
        }
        assertThat(PedidosCommand.pidFiles()).isEmpty();
    }

    @Test
    void aRefusedPedidoIsReported() throws Exception {
        Path input = folder.resolve("pedidos.ndjson");
        Files.writeString(input, """
                {"pedido_id":"a","recebedor_id":"r","origem":"web","itens":[{"sku":"s","quantidade":1}]}
                {"pedido_id":"b","recebedor_id":"r","origem":"fax","itens":[{"sku":"s","quantidade":1}]}
                """);
        Path estoque = folder.resolve("estoque.ndjson");
        Files.writeString(estoque, "{\"sku\":\"s\",\"disponivel\":2}\n");

        try (var stores = TestStores.fresh("refused")) {
            var demo = PedidosCommand.run(stores, "demo", "--input", input.toString(), "--estoque", estoque.toString());

            assertThat(demo.exitCode()).as(demo.output()).isEqualTo(1);
            assertThat(demo.output())
                    .containsPattern("VIOLATED +answers-are-202-200-or-409")
                    .contains("line 2: HTTP 422")
                    .containsPattern("COMPLETED +1 ");
        }
    }
}
