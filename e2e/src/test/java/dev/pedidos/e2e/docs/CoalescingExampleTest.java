package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of both guides do the same for a pedido, one of them for the waiting ones of a receiver together. */
@Order(6)
class CoalescingExampleTest {

    private static final Markdown ALONE = Markdown.read("docs/handlers.md");
    private static final Markdown TOGETHER = Markdown.read("docs/coalescing.md");
    private static final int RECEIVERS = 6;
    private static final int PEDIDOS = 1_200;

    @Test
    void theWaitingPedidosOfAReceiverTakeEffectTogether(@TempDir Path plugins) throws Exception {
        try (var system = withBothHandlers(plugins)) {
            var api = system.apiByLedger();
            var client = new Client(api);
            assertThat(complete(system, api, "recarga")).isEqualTo(PEDIDOS);
            assertThat(client.post(pedido("movimento", "invalid", 0, "{}")).status())
                    .isEqualTo(202);
            assertThat(complete(system, api, "movimento")).isLessThan(PEDIDOS / 2);

            assertThat(system.count("select sum(centavos) from saldos")).isEqualTo(2L * PEDIDOS);
            assertThat(client.get("/pedidos/movimento-invalid").text("motivo")).isEqualTo("CENTAVOS_INVALIDOS");
            assertThat(system.count("select count(*) from saldos")).isEqualTo(RECEIVERS);
        }
    }

    @Test
    @Tag("bench")
    void theWaitingPedidosOfAReceiverTakeEffectSooner(@TempDir Path plugins) throws Exception {
        try (var system = withBothHandlers(plugins)) {
            var api = system.apiByLedger();
            complete(system, api, "recarga");
            complete(system, api, "movimento");
            double alone = perSecond(system, "recarga");
            double together = perSecond(system, "movimento");
            System.out.print(RootLocale.format(
                    "one at a time %.0f/s, together %.0f/s: %.1f times%n", alone, together, together / alone));
            assertThat(together).isGreaterThan(alone);
        }
    }

    private static TestSystem withBothHandlers(Path plugins) throws Exception {
        Plugin.pack("com.example.RecargaHandler", ALONE.block("java"), plugins);
        Plugin.pack("com.example.MovimentoHandler", TOGETHER.block("java"), plugins);
        var system = TestSystem.start("together", Map.of("PEDIDOS_PLUGINS", plugins.toString()));
        system.migrate();
        var role = DatabaseUrl.parse(system.stores().databaseUrl()).user();
        var tables = ALONE.block("sql").replace("pedidos_app", '"' + role + '"');
        system.ledger().jdbi().useHandle(handle -> handle.createScript(tables).execute());
        // Registers the tipos.
        system.worker().stop();
        return system;
    }

    /** By a worker that begins when all of them wait. Returns the number of its transactions. */
    private static long complete(TestSystem system, TestProgram api, String tipo) throws Exception {
        new Witness(system)
                .send(
                        List.of(api),
                        16,
                        IntStream.range(0, PEDIDOS)
                                .mapToObj(i -> pedido(tipo, "" + i, i, "{\"centavos\":1}"))
                                .toList());
        var worker = system.worker();
        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED' and tipo = '" + tipo + "'", PEDIDOS);
        worker.stop();
        return system.count("select count(distinct e.xmin::text) from operation_events e"
                + " where e.event_type = 'COMPLETED' and e.external_id like '" + tipo + "-%'");
    }

    private static double perSecond(TestSystem system, String tipo) {
        return 1000.0
                * PEDIDOS
                / system.count("select 1000 * extract(epoch from max(atualizado_em) - min(atualizado_em)) from pedidos"
                        + " where status = 'COMPLETED' and tipo = '" + tipo + "'");
    }

    private static String pedido(String tipo, String name, int receiver, String dados) {
        return RootLocale.format(
                "{\"pedido_id\":\"%s-%s\",\"tipo\":\"%s\",\"recebedor_id\":\"rcb-%d\",\"origem\":\"api\",\"dados\":%s}",
                tipo, name, tipo, receiver % RECEIVERS, dados);
    }
}
