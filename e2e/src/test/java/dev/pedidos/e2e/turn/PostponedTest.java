package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A postponed pedido keeps its place and uses no attempt: postponed by its handler, or because a dependency is down.
 */
class PostponedTest {

    private static final String HANDLER = """
            package com.example;

            import dev.pedidos.shared.message.Pedido;
            import dev.pedidos.worker.handler.*;
            import java.time.Duration;
            import java.util.Set;
            import java.util.concurrent.atomic.AtomicInteger;
            import org.jdbi.v3.core.Handle;

            public final class AdiadoHandler implements Handler {

                private final AtomicInteger calls = new AtomicInteger();

                @Override
                public String tipo() {
                    return "adiado";
                }

                @Override
                public Set<String> dependencies() {
                    return Set.of("erp");
                }

                @Override
                public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws DependencyUnavailable {
                    int call = calls.incrementAndGet();
                    if (call <= 2) {
                        return new Outcome.Postponed(Duration.ofMillis(50), "NOT_YET");
                    }
                    if (call == 3) {
                        throw new DependencyUnavailable("erp", "connection refused");
                    }
                    return new Outcome.Completed(null);
                }
            }
            """;

    @Test
    void aPostponedHeadKeepsItsPlaceAndUsesNoAttempt(@TempDir Path plugins) throws Exception {
        Plugin.pack("com.example.AdiadoHandler", HANDLER, plugins);
        var settings = Map.of(
                "PEDIDOS_PLUGINS", plugins.toString(),
                "PEDIDOS_MAX_TENTATIVAS", "1",
                "PEDIDOS_HANDLER_SIMULADO", "on",
                "PEDIDOS_RETRY_BASE_MS", "50",
                "PEDIDOS_RETRY_MAX_MS", "200");
        try (var system = TestSystem.start("postponed", settings)) {
            var client = new Client(system.api());
            system.worker();
            client.post("{\"pedido_id\":\"head\",\"tipo\":\"adiado\",\"recebedor_id\":\"rcb\",\"origem\":\"api\"}");
            client.post(Client.simulado("behind", "rcb", "{}"));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 2);

            assertThat(client.get("/pedidos/head").number("tentativas")).isEqualTo(1);
            assertThat(system.count("select agendamento from pedidos where pedido_id = 'head'"))
                    .as("put off twice by its own word, once by the dependency")
                    .isEqualTo(3);
            assertThat(system.count("select count(*) from operation_events h join operation_events b on b.id > h.id"
                            + " where h.external_id = 'head' and h.event_type = 'COMPLETED'"
                            + " and b.external_id = 'behind' and b.event_type = 'COMPLETED'"))
                    .as("in order")
                    .isEqualTo(1);
        }
    }
}
