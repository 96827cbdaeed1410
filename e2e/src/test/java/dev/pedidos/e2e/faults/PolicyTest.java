package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.VhostAdmin;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fault 38: a policy of the broker changes what the queues do. RabbitMQ takes the lower one of a policy's value and a queue's own. */
class PolicyTest {

    private TestSystem system;
    private VhostAdmin admin;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start(
                "policies",
                Map.of(
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "2000",
                        "PEDIDOS_RETRY_MAX_MS", "2000"));
        assumeThat(system.stores().prefix()).isEmpty();
        admin = new VhostAdmin(system.stores());
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void aMessageTtlOnTheDelayQueuesLeavesEachRetryItsDelay() throws Exception {
        var client = new Client(system.api());
        var worker = system.worker();
        admin.setPolicy("short-delays", "^pedidos_retry", "{\"message-ttl\":100}");
        Crowd.mustBeAccepted(client.post(Client.simulado("retried", "rcb", "{\"falhas_transitorias\":2}")));
        client.awaitStatus("retried", "COMPLETED");

        assertThat(worker.metric("pedidos_endings_total{ending=\"passed\",reason=\"early\"}"))
                .as("each retry came back too soon, once")
                .isEqualTo(2);
        assertThat(system.text("select string_agg(event_type, ' ' order by id) from operation_events"
                        + " where external_id = 'retried'"))
                .as("no retry was made due earlier")
                .isEqualTo("ACCEPTED PROCESSING RETRY_SCHEDULED PROCESSING RETRY_SCHEDULED PROCESSING COMPLETED");
        assertThat(system.count(
                        "select count(*) from (select occurred_at - lag(occurred_at) over (order by id) as delay"
                                + " from operation_events where external_id = 'retried' and event_type = 'PROCESSING') delays"
                                + " where delay < interval '2 seconds'"))
                .isZero();
    }

    @Test
    void aMessageTtlOnTheOpenQueueLosesNothingAndMakesNothingUnknown() throws Exception {
        try (var database = new TcpProxy(system.stores().databaseUrl());
                var broker = system.broker()) {
            var api = system.api(Map.of("DATABASE_URL", database.uri()));
            var client = new Client(api);
            client.awaitLedgerPath();
            database.cutOff();
            Awaitility.await("the database is down")
                    .until(() -> client.get("/readyz").text("status").equals("DEGRADED"));
            admin.setPolicy("short-stay", "^pedidos_queue$", "{\"message-ttl\":1}");
            Crowd.mustBeAccepted(client.post(Client.simulado("away", "rcb", "{}")));
            Awaitility.await("taken out by the broker").until(() -> broker.ready("pedidos_recusados") == 1);

            admin.clearPolicy("short-stay");
            database.heal();
            Awaitility.await("in the ledger").until(() -> {
                int status = client.get("/pedidos/away").status();
                assertThat(status).isIn(200, 503);
                return status == 200;
            });
            assertThat(api.log()).contains("a policy of the broker takes messages out of the queues of Pedidos");
        }
    }
}
