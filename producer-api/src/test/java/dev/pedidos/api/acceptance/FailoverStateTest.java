package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Route.BROKER;
import static dev.pedidos.api.acceptance.Route.HOLD;
import static dev.pedidos.api.acceptance.Route.LEDGER;
import static dev.pedidos.api.acceptance.Route.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.acceptance.StoresUp.Broker;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailoverStateTest {
    private static final FailoverState NORMAL = new FailoverState.Normal();
    private static final FailoverState FAILED_OVER = new FailoverState.FailedOver();
    private static final FailoverState HOLDING = new FailoverState.Holding(1_000);
    private static final StoresUp BOTH = new StoresUp(true, Broker.UP);
    private static final StoresUp INTERRUPTED = new StoresUp(true, Broker.INTERRUPTED);
    private static final StoresUp LEDGER_ONLY = new StoresUp(true, Broker.DOWN);
    private static final StoresUp BROKER_ONLY = new StoresUp(false, Broker.UP);
    private static final StoresUp NEITHER_FOR_A_MOMENT = new StoresUp(false, Broker.INTERRUPTED);
    private static final StoresUp NEITHER = new StoresUp(false, Broker.DOWN);

    @Test
    void theRouteOfANewPedidoInEachStateWithTheStoresThatAreUp() {
        assertThat(routes(NORMAL)).containsExactly(LEDGER, LEDGER, LEDGER, BROKER, NONE, NONE);
        assertThat(routes(FAILED_OVER)).containsExactly(BROKER, HOLD, LEDGER, BROKER, NONE, NONE);
        assertThat(routes(HOLDING)).containsExactly(HOLD, HOLD, LEDGER, HOLD, NONE, NONE);
    }

    private static List<Route> routes(FailoverState state) {
        return Stream.of(BOTH, INTERRUPTED, LEDGER_ONLY, BROKER_ONLY, NEITHER_FOR_A_MOMENT, NEITHER)
                .map(state::route)
                .toList();
    }

    @Test
    void aDatabaseThatIsDownOrAnInsertThatFailedFailsOver() {
        assertThat(NORMAL.seeing(BOTH)).isEqualTo(NORMAL);
        assertThat(NORMAL.seeing(LEDGER_ONLY)).isEqualTo(NORMAL);
        assertThat(NORMAL.seeing(BROKER_ONLY)).isEqualTo(FAILED_OVER);
        assertThat(NORMAL.seeing(NEITHER)).isEqualTo(FAILED_OVER);
        assertThat(NORMAL.insertFailed()).isEqualTo(FAILED_OVER);
    }

    @Test
    void aDatabaseThatIsUpAgainDoesNotFailBackByItself() {
        assertThat(FAILED_OVER.seeing(BOTH)).isEqualTo(FAILED_OVER);
        assertThat(FAILED_OVER.queueInserted())
                .as("new pedidos went to the queue while it was looked at")
                .isEqualTo(FAILED_OVER);
    }

    @Test
    void onlyAQueueThatIsEmptyWhileNewPedidosWaitFailsBack() {
        assertThat(FAILED_OVER.hold(1_000)).isEqualTo(HOLDING);
        assertThat(HOLDING.queueInserted()).isEqualTo(NORMAL);
        assertThat(HOLDING.seeing(NEITHER)).isEqualTo(HOLDING);
        assertThat(HOLDING.insertFailed()).isEqualTo(HOLDING);
        assertThat(HOLDING.hold(2_000)).as("the bound counts from the first").isEqualTo(HOLDING);
    }

    @Test
    void aHoldEndsWhenItIsReleasedOrHasLastedForTooLong() {
        assertThat(HOLDING.release()).isEqualTo(FAILED_OVER);
        assertThat(HOLDING.expired(1_500, Duration.ofNanos(500))).isEqualTo(HOLDING);
        assertThat(HOLDING.expired(1_501, Duration.ofNanos(500))).isEqualTo(FAILED_OVER);
    }

    @Test
    void whatBelongsToAHoldChangesNoOtherState() {
        for (FailoverState state : List.of(NORMAL, FAILED_OVER)) {
            assertThat(state.release()).isEqualTo(state);
            assertThat(state.expired(Long.MAX_VALUE, Duration.ZERO)).isEqualTo(state);
            assertThat(state.queueInserted()).isEqualTo(state);
        }
        assertThat(NORMAL.hold(1_000)).isEqualTo(NORMAL);
    }
}
