package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerExampleTest {

    private static final Markdown GUIDE = Markdown.read("docs/handlers.md");

    @Test
    void theHandlerOfTheGuideRunsAsAPlugin(@TempDir Path plugins) throws Exception {
        Plugin.pack("com.example.RecargaHandler", GUIDE.block("java"), plugins);
        try (var system = TestSystem.start("plugin", Map.of("PEDIDOS_PLUGINS", plugins.toString()))) {
            var client = new Client(system.api());
            var role = DatabaseUrl.parse(system.stores().databaseUrl()).user();
            var tables = GUIDE.block("sql").replace("pedidos_app", '"' + role + '"');
            system.ledger()
                    .jdbi()
                    .useHandle(handle -> handle.createScript(tables).execute());
            system.worker();
            for (var dados : new String[] {"{\"centavos\":300}", "{\"centavos\":400}", "{\"centavos\":90000}", "{}"}) {
                assertThat(client.post(recarga(dados)).status()).as(dados).isEqualTo(202);
            }
            system.awaitCount("select count(*) from pedidos where status not in ('PENDING', 'RETRYING')", 4);

            assertThat(outcome(client, "{\"centavos\":400}")).isEqualTo("COMPLETED {\"saldo_centavos\":700}");
            assertThat(outcome(client, "{\"centavos\":90000}")).isEqualTo("REJECTED null");
            assertThat(outcome(client, "{}")).isEqualTo("DEAD_LETTERED null");
            assertThat(system.count("select centavos from saldos")).isEqualTo(700);

            client.cancel(id("{\"centavos\":400}"));
            client.awaitStatus(id("{\"centavos\":400}"), "CANCELLED");
            assertThat(system.count("select centavos from saldos")).isEqualTo(300);

            system.alter("update saldos set centavos = 299");
            client.cancel(id("{\"centavos\":300}"));
            String cancellation = new Cancelamento(id("{\"centavos\":300}"), null).pedidoId();
            client.awaitStatus(cancellation, "REJECTED");
            assertThat(client.get("/pedidos/" + cancellation).text("motivo")).isEqualTo("SALDO_JA_USADO");
            assertThat(outcome(client, "{\"centavos\":300}")).isEqualTo("COMPLETED {\"saldo_centavos\":300}");
            assertThat(system.count("select centavos from saldos")).isEqualTo(299);
        }
    }

    @Test
    void theHandlerThatAsksAnotherSystemCompiles(@TempDir Path plugins) throws Exception {
        String imports = GUIDE.block("java")
                .lines()
                .filter(line -> line.startsWith("import "))
                .collect(Collectors.joining("\n"));
        Plugin.pack(
                "com.example.EntregaHandler",
                "package com.example;\n" + imports + "\nimport dev.pedidos.worker.handler.Calls;\n"
                        + GUIDE.block("Java")
                        + "final class Erp { String reserve(String pedidoId) { return pedidoId; } }",
                plugins);
    }

    private static String outcome(Client client, String dados) throws Exception {
        var answer = client.get("/pedidos/" + id(dados));
        return answer.text("status") + " " + answer.body().path("resultado");
    }

    private static String recarga(String dados) {
        return RootLocale.format(
                "{\"pedido_id\":\"%s\",\"tipo\":\"recarga\",\"recebedor_id\":\"rcb\",\"origem\":\"api\",\"dados\":%s}",
                id(dados), dados);
    }

    private static String id(String dados) {
        return "recarga-" + dados.replaceAll("\\W", "");
    }
}
