package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.delivery.DeliveryRoute.LaneState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryRouteTest {

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            LANE,         HANDLER_WAITS, SUSPECT, ROUTE
            NONE,         false,         false,   ON_SHARD
            NONE,         false,         true,    ON_SHARD_ALONE
            NONE,         true,          false,   IN_LANE
            NONE,         true,          true,    IN_LANE
            WAITS_FOR_IT, false,         false,   IN_LANE
            WAITS_FOR_IT, false,         true,    IN_LANE
            WAITS_FOR_IT, true,          false,   IN_LANE
            WAITS_FOR_IT, true,          true,    IN_LANE
            HAS_ROOM,     false,         false,   IN_LANE
            HAS_ROOM,     false,         true,    LOOK_ONLY
            HAS_ROOM,     true,          false,   IN_LANE
            HAS_ROOM,     true,          true,    LOOK_ONLY
            IS_FULL,      false,         false,   LOOK_ONLY
            IS_FULL,      false,         true,    LOOK_ONLY
            IS_FULL,      true,          false,   LOOK_ONLY
            IS_FULL,      true,          true,    LOOK_ONLY
            """)
    void theRouteFollowsFromWhatAMessageFinds(
            LaneState lane, boolean handlerWaits, boolean suspect, DeliveryRoute route) {
        assertThat(DeliveryRoute.of(lane, handlerWaits, suspect)).isEqualTo(route);
    }
}
