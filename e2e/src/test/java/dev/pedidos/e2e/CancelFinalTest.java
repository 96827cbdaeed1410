package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pedido that nothing can undo is cancelled while one of its receiver takes effect. */
class CancelFinalTest {

    private static final String HANDLER = """
            package com.example;

            import dev.pedidos.shared.message.Pedido;
            import dev.pedidos.worker.handler.Handler;
            import dev.pedidos.worker.handler.Outcome;
            import dev.pedidos.worker.handler.Preparation;
            import org.jdbi.v3.core.Handle;

            /** Takes effect slowly, and cannot undo that. */
            public final class LentoHandler implements Handler {

                @Override
                public String tipo() {
                    return "lento";
                }

                @Override
                public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
                    tx.execute("select pg_sleep(?)", pedido.dados().path("segundos").asDouble());
                    return new Outcome.Completed(null);
                }
            }
            """;

    @TempDir
    private static Path plugins;

    private static TestSystem system;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        Plugin.pack("com.example.LentoHandler", HANDLER, plugins);
        system = TestSystem.start("cancel-final", Map.of("PEDIDOS_PLUGINS", plugins.toString()));
        client = new Client(system.api());
        system.worker();
        system.awaitCount("select count(*) from tipos where tipo = 'lento'", 1);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theOneThatTakesEffectIsNotCancellableAndTheOneBehindItIsCancelled() throws Exception {
        begin("brief", 1.5);
        post("behind", "rcb-brief", 0);

        var both = client.cancelAsync("brief");
        var behind = client.cancel("behind");

        assertThat(both.get().status()).as(both.get().toString()).isEqualTo(409);
        assertThat(client.get("/pedidos/brief").text("status")).isEqualTo("COMPLETED");
        assertThat(behind.status()).as(behind.toString()).isEqualTo(202);
        client.awaitStatus("behind", "REJECTED");
    }

    @Test
    void whileItIsUnknownWhetherTheCancellationIsInTimeTheClientAsksAgain() throws Exception {
        begin("long", 4);

        assertThat(client.cancel("long").status()).isEqualTo(503);

        client.awaitStatus("long", "COMPLETED");
        assertThat(client.cancel("long").status()).isEqualTo(409);
    }

    /** Returns when it is taking effect. */
    private static void begin(String id, double seconds) throws Exception {
        post(id, "rcb-" + id, seconds);
        Awaitility.await("its statement")
                .until(() -> system.count("select count(*) from pg_stat_activity where datname = current_database()"
                                + " and state = 'active' and query like 'select pg_sleep%'")
                        > 0);
    }

    private static void post(String id, String receiver, double seconds) throws Exception {
        String body = RootLocale.format(
                "{\"pedido_id\":\"%s\",\"tipo\":\"lento\",\"recebedor_id\":\"%s\",\"origem\":\"api\",\"dados\":{\"segundos\":%.1f}}",
                id, receiver, seconds);
        assertThat(client.post(body).status()).isEqualTo(202);
    }
}
