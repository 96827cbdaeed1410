package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TestSystem;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two fleets with different databases on one vhost, as when staging is copied from production. */
class TwoLedgersTest {

    private static final Map<String, String> SETTINGS = Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "2");
    private static final String OTHER = UUID.randomUUID().toString();

    private static TestSystem production;
    private static TestSystem staging;
    private static Client client;
    private static Amqp amqp;

    @BeforeAll
    static void start() throws Exception {
        production = TestSystem.start("production", SETTINGS);
        client = new Client(production.apiByLedger());
        production.worker();
        staging = TestSystem.start("staging", SETTINGS);
        amqp = new Amqp(production.stores());
    }

    @AfterAll
    static void stop() throws Exception {
        amqp.close();
        staging.close();
        production.close();
    }

    @Test
    void aProgramOfAnotherLedgerIsRefusedAtItsStartAndBothLedgersAreNamed() throws Exception {
        var worker = staging.workerBegun(onTheSameVhost());
        assertThat(worker.exitCode()).isEqualTo(1);
        String ours = ledgerOf(staging);
        assertThat(worker.log())
                .contains("belongs to another ledger", ledgerOf(production), ours)
                .doesNotContain("\tat ");

        staging.alter("update fleet set ledger = '" + ledgerOf(production) + "'");
        var copy = staging.apiBegun(onTheSameVhost());
        assertThat(copy.exitCode()).isEqualTo(1);
        assertThat(copy.log()).contains("is a copy of", ledgerOf(production));
    }

    @Test
    void aMessageOfAnotherLedgerIsSetAsideAsItCame() throws Exception {
        Map<String, Object> headers = Map.of("ledger", OTHER, "ciclo", 3);
        amqp.publish(amqp.names().entryExchange(), "rcb", headers, "theirs-1", "{\"not\":\"ours\"}");
        amqp.publish("", amqp.names().openQueue(), headers, "theirs-2", "not even JSON");
        amqp.publish("", amqp.names().deadLetterQueue(), headers, "theirs-3", "a letter of theirs");
        Crowd.mustBeAccepted(client.post(Client.simulado("ours", "rcb", "{}")));

        Map<String, String> aside = new HashMap<>();
        for (int i = 0; i < 2; i++) {
            var message = amqp.take(amqp.names().foreignQueue());
            assertThat(Amqp.header(message, "ledger")).isEqualTo(OTHER);
            aside.put(message.getProps().getMessageId(), Amqp.body(message));
        }
        assertThat(aside)
                .containsOnly(Map.entry("theirs-1", "{\"not\":\"ours\"}"), Map.entry("theirs-2", "not even JSON"));
        production.awaitCount("select count(*) from pedidos where pedido_id = 'ours' and status = 'COMPLETED'", 1);
        assertThat(production.count("select count(*) from operation_events where event_type = 'MENSAGEM_RECUSADA'"))
                .isZero();
        assertThat(amqp.takeLetter().getProps().getMessageId()).isEqualTo("theirs-3");
    }

    private static Map<String, String> onTheSameVhost() {
        return Map.of("AMQP_URI", production.stores().amqpUri());
    }

    private static String ledgerOf(TestSystem system) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select ledger::text from fleet")
                        .mapTo(String.class)
                        .one());
    }
}
