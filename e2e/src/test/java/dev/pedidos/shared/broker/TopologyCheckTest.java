package dev.pedidos.shared.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyCheckTest {

    /** Every RabbitMQ refuses a look at this one, with 403. From 4.2.6 on it refuses others so, too. */
    private static final String DEFAULT_EXCHANGE = "";

    @Test
    void whatTheUserMayNotLookAtCountsAsThere() throws Exception {
        try (var stores = TestStores.fresh("look");
                var connection = new AmqpConnections(stores.amqpUri()).open("look")) {
            var missing =
                    TopologyCheck.missing(List.of(DEFAULT_EXCHANGE, "nowhere"), List.of("neither-here"), connection);

            assertThat(missing).containsExactly("exchange nowhere", "queue neither-here");
        }
    }
}
