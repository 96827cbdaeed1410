package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.VhostAdmin;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits of the broker are named, with the values that they need. */
class BrokerLimitsTest {

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("limits", Map.of("PEDIDOS_SHARDS", "16", "PEDIDOS_RETRY_MAX_MS", "600000"));
        assumeThat(system.stores().prefix()).isEmpty();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void tooFewQueuesAndTooFewConnectionsAreNamedAndNobodyIsToldToDeleteQueues() throws Exception {
        var limits = new VhostAdmin(system.stores());
        limits.set("max-queues", 20);
        try (var worker = system.workerBegun(Map.of())) {
            assertThat(worker.exitCode()).isEqualTo(1);
            assertThat(worker.log())
                    .contains("queue limit", "needs 31 queues", "max-queues")
                    .doesNotContainIgnoringCase("delete")
                    .doesNotContain("\tat ");
        }
        limits.set("max-queues", -1);
        limits.set("max-connections", 0);
        try (var worker = system.workerBegun(Map.of())) {
            Awaitility.await().until(() -> worker.log().contains("raise max-connections"));
            limits.set("max-connections", -1);
            Awaitility.await().until(() -> worker.log().contains("worker started"));
        }
    }

    @Test
    void tooFewChannelsAreNamedAtTheStart() throws Exception {
        String uri = system.stores().amqpUri() + "?channel_max=8";

        try (var worker = system.workerBegun(Map.of("AMQP_URI", uri))) {
            assertThat(worker.exitCode()).isEqualTo(1);
            assertThat(worker.log())
                    .contains("channel_max is too low", "allows 8 channels", "needs 19")
                    .doesNotContain("NullPointerException", "\tat ");
        }
    }
}
