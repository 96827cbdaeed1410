package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrokerPathTest {
    private static final Submission PEDIDO = Submission.of(pedido("a"), true, System.nanoTime());
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FakeBroker broker = new FakeBroker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aConfirmAcceptsThePedido() {
        var answer = path(LONG).accept(PEDIDO);
        broker.confirm(0);
        assertThat(answer).isCompletedWithValue(new Acceptance.Accepted());
        assertThat(count("confirmed")).isEqualTo(1);
    }

    @Test
    void withoutAConfirmInTimeItIsNotAccepted() throws Exception {
        assertThat(path(Duration.ofMillis(20)).accept(PEDIDO).get(10, TimeUnit.SECONDS))
                .isEqualTo(new Acceptance.Unavailable());
        assertThat(count("failed")).isEqualTo(1);
        assertThat(BrokerPath.CONFIRM_WAIT).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aBrokerThatIsDownAcceptsNothingAndFailsNoFuture() {
        broker.goDown();
        assertThat(path(LONG).accept(PEDIDO)).isCompletedWithValue(new Acceptance.Unavailable());
    }

    private BrokerPath path(Duration confirmWait) {
        return broker.path(new AcceptanceMetrics(registry), confirmWait);
    }

    private double count(String result) {
        return registry.get("pedidos.unnoted").tag("result", result).counter().count();
    }
}
