package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WorkersAnswerTest {

    /** Words in capitals stand for values. */
    private static final String ANSWER = "{\"workers\":[{\"worker_id\":\"WORKER\",\"host\":\"HOST\",\"pid\":PID,"
            + "\"version\":\"VERSION\",\"started_at\":\"TIME\",\"heartbeat_at\":\"TIME\","
            + "\"shards_active\":[0],\"shards_standby\":[],\"per_second\":RATE}],"
            + "\"shards\":[{\"shard\":0,\"owner\":\"WORKER\",\"backlog\":0,\"oldest_unfinished_at\":\"ACCEPTED\"}],"
            + "\"parked\":1,\"retidos\":1}";

    private static final String WAITS_LONG = "{\"demora_ms\":25000}";

    @Test
    void everyMemberOfTheAnswerSaysWhatTheFleetDoes() throws Exception {
        var settings =
                Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "1", "PEDIDOS_ON_DEAD_LETTER", "hold");
        try (var system = TestSystem.start("workers-answer", settings)) {
            var client = new Client(system.apiByLedger());
            var worker = system.worker();
            Crowd.mustBeAccepted(client.post(Client.simulado("oldest", "slow", WAITS_LONG)));
            Awaitility.await("in hand").until(() -> worker.metric("pedidos_waiting_handlers") == 1);
            for (int i = 0; i < 4; i++) {
                Crowd.mustBeAccepted(client.post(Client.simulado("behind-" + i, "slow", "{}")));
            }
            system.awaitCount("select count(*) from pedidos where parked", 1);
            Crowd.mustBeAccepted(client.post(Client.simulado("dead", "held", "{\"falha_permanente\":true}")));
            client.awaitStatus("dead", "DEAD_LETTERED");
            Crowd.mustBeAccepted(client.post(Client.simulado("younger", "quick", "{}")));
            client.awaitStatus("younger", "COMPLETED");

            String expected = ANSWER.replaceAll("([\\[\\]{}])", "\\\\$1")
                    .replace("WORKER", system.text("select worker_id from workers"))
                    .replace("HOST", system.text("select host from workers"))
                    .replace("PID", system.text("select pid::text from workers"))
                    .replace("VERSION", system.text("select version from workers"))
                    .replace("ACCEPTED", client.get("/pedidos/oldest").text("aceito_em"))
                    .replace("TIME", "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z")
                    .replace("RATE", "\\d+\\.\\d");
            Awaitility.await("a beat later")
                    .untilAsserted(() ->
                            assertThat(client.get("/workers").body().toString()).matches(expected));
        }
    }
}
