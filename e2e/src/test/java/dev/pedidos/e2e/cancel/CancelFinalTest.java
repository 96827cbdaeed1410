package dev.pedidos.e2e.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Plugin;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.UntilTaken;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

        /** Takes effect when the test allows it, and cannot undo that. */
        public final class PortaoHandler implements Handler {

            @Override
            public String tipo() {
                return "portao";
            }

            @Override
            public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
                tx.execute("set local lock_timeout = 0");
                tx.execute("select pg_advisory_xact_lock(4711)");
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
        Plugin.pack("com.example.PortaoHandler", HANDLER, plugins);
        system = TestSystem.start("cancel-final", Map.of("PEDIDOS_PLUGINS", plugins.toString()));
        client = new Client(system.api());
        system.worker();
        system.awaitCount("select count(*) from tipos where tipo = 'portao'", 1);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theOneThatTakesEffectIsNotCancellableAndTheOneBehindItIsCancelled() throws Exception {
        CompletableFuture<Client.Answer> cancelBrief;
        CompletableFuture<Client.Answer> cancelBehind;
        try (var gate = heldGate()) {
            begin("brief");
            post("behind", "rcb-brief");
            cancelBrief = cancelUntilTold("brief");
            cancelBehind = cancelUntilTold("behind");
            system.awaitCount(TestSystem.WAITS, 3);
        }

        assertThat(cancelBrief.get().status()).as(cancelBrief.get().toString()).isEqualTo(409);
        assertThat(client.get("/pedidos/brief").text("status")).isEqualTo("COMPLETED");
        // 200 if it was asked for again.
        assertThat(cancelBehind.get().status())
                .as(cancelBehind.get().toString())
                .isIn(202, 200);
        client.awaitStatus("behind", "REJECTED");
    }

    @Test
    void whileItIsUnknownWhetherTheCancellationIsInTimeTheClientAsksAgain() throws Exception {
        try (var gate = heldGate()) {
            begin("long");

            assertThat(client.cancel("long").status()).isEqualTo(503);
        }

        client.awaitStatus("long", "COMPLETED");
        assertThat(client.cancel("long").status()).isEqualTo(409);
    }

    /** No pedido takes effect until the session is closed. */
    private static Connection heldGate() throws SQLException {
        var session = system.owner();
        try (var lock = session.createStatement()) {
            lock.execute("select pg_advisory_lock(4711)");
        }
        return session;
    }

    /** Returns when it is taking effect. */
    private static void begin(String id) throws Exception {
        post(id, "rcb-" + id);
        system.awaitCount(TestSystem.WAITS, 1);
    }

    private static void post(String id, String receiver) throws Exception {
        String body = RootLocale.format(
                "{\"pedido_id\":\"%s\",\"tipo\":\"portao\",\"recebedor_id\":\"%s\",\"origem\":\"api\"}", id, receiver);
        assertThat(client.post(body).status()).isEqualTo(202);
    }

    /** A cancellation waits 2 s for the one that takes effect: on a machine that stands still, it is asked for again. */
    private static CompletableFuture<Client.Answer> cancelUntilTold(String id) {
        return UntilTaken.answer(() -> client.cancelAsync(id), Client.Answer::status);
    }
}
