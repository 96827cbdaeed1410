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
    void a_confirm_accepts_the_pedido() {
        var answer = path(LONG).accept(PEDIDO);
        broker.confirm(0);
        assertThat(answer).isCompletedWithValue(new Acceptance.Accepted());
        assertThat(count("confirmed")).isEqualTo(1);
    }

    @Test
    void without_a_confirm_in_time_it_is_not_accepted() throws Exception {
        assertThat(path(Duration.ofMillis(20)).accept(PEDIDO).get(10, TimeUnit.SECONDS))
                .isEqualTo(new Acceptance.Unavailable());
        assertThat(count("failed")).isEqualTo(1);
        assertThat(BrokerPath.CONFIRM_WAIT).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_broker_that_is_down_accepts_nothing_and_fails_no_future() {
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
