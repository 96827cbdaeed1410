package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.acceptance.StoresUp.Broker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerOutageTest {

    private boolean brokerUp;
    private long now = -5;
    private final BrokerOutage outage = new BrokerOutage(this::brokerUp, this::now);

    @Test
    void aBrokerThatWasNotSeenUpIsDown() {
        assertThat(seen(false)).isEqualTo(Broker.DOWN);
        pass(Duration.ofHours(1));
        assertThat(seen(false)).isEqualTo(Broker.DOWN);
    }

    @Test
    void anInterruptionThatLastsIsAnOutage() {
        seen(true);
        pass(Duration.ofMinutes(1));
        assertThat(seen(false)).isEqualTo(Broker.INTERRUPTED);
        pass(BrokerOutage.LONGEST_INTERRUPTION);
        assertThat(seen(false)).isEqualTo(Broker.INTERRUPTED);
        pass(Duration.ofMillis(1));
        assertThat(seen(false)).isEqualTo(Broker.DOWN);
        assertThat(seen(true)).isEqualTo(Broker.UP);
    }

    @Test
    void nobodyWaitsForABrokerThatComesAndGoes() {
        seen(true);
        pass(Duration.ofMinutes(1));
        seen(false);
        pass(Duration.ofSeconds(1));
        seen(true);
        pass(Duration.ofSeconds(1));
        assertThat(seen(false)).isEqualTo(Broker.DOWN);
    }

    private Broker seen(boolean up) {
        brokerUp = up;
        return outage.look();
    }

    private boolean brokerUp() {
        assertUnderLock();
        return brokerUp;
    }

    private long now() {
        assertUnderLock();
        return now;
    }

    private void assertUnderLock() {
        assertThat(Thread.holdsLock(outage))
                .as("no thread comes with an older answer after a newer one")
                .isTrue();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
