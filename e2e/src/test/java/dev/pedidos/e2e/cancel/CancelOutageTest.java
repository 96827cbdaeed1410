package dev.pedidos.e2e.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PostgresProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database can be used for the first look at a pedido to cancel, and then no more: the broker keeps the cancellation. */
class CancelOutageTest {

    private static TestSystem system;
    private static PostgresProxy database;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "cancel-outage", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_RETRY_BASE_MS", "60000"));
        database = system.databaseProxy();
        client = new Client(system.api(Map.of("DATABASE_URL", database.uri())));
        system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @BeforeEach
    void awaitDatabase() {
        client.awaitLedgerPath();
    }

    @Test
    void oneThatWasFoundIsAnsweredAsItWasFound() throws Exception {
        postBehindHead("found");

        var answer = cancelWithoutSecondLook("found");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("PENDING");
        end("found");
    }

    @Test
    void ofOneThatCannotBeUndoneTheClientAsksAgain() throws Exception {
        postBehindHead("final");
        system.alter("update tipos set desfaz = false where tipo = 'simulado'");
        try {
            assertThat(cancelWithoutSecondLook("final").status()).isEqualTo(503);
        } finally {
            system.alter("update tipos set desfaz = true where tipo = 'simulado'");
        }
        end("final");
    }

    private static void postBehindHead(String id) throws Exception {
        client.post(Client.simulado(id + "-head", "rcb-" + id, "{\"falhas_transitorias\":1}"));
        client.awaitStatus(id + "-head", "RETRYING");
        client.post(Client.simulado(id, "rcb-" + id, "{}"));
    }

    /** The insert waits until the API knows that the database cannot be used, and is cut off then. */
    private static Client.Answer cancelWithoutSecondLook(String id) throws Exception {
        var insert = database.hold(sql -> sql.contains("insert into cancelamentos"), () -> {
            system.alter("alter table chamadas rename to chamadas_away");
            Awaitility.await().until(() -> client.get("/readyz").text("status").equals("DEGRADED"));
            database.network().cut();
        });
        try {
            return client.cancel(id);
        } finally {
            insert.awaitSprung();
            system.alter("alter table chamadas_away rename to chamadas");
        }
    }

    private static void end(String id) throws Exception {
        client.awaitLedgerPath();
        client.cancel(id + "-head");
        client.awaitStatus(id, "REJECTED");
    }
}
