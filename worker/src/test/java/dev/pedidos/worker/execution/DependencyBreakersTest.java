package dev.pedidos.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DependencyBreakersTest {

    private final DependencyBreakers breakers = DependencyBreakers.forAttempts(Duration.ofMinutes(1));
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void whatIsAwayIsNotAskedByEveryone() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> breakers.call(Set.of("erp"), () -> away("erp")))
                    .isInstanceOf(DependencyUnavailable.class);
        }
        assertThatThrownBy(() -> breakers.call(Set.of("erp", "mail"), () -> away("erp")))
                .isInstanceOf(CallNotPermittedException.class);
        assertThat(calls).hasValue(3);
        assertThat(breakers.call(Set.of("mail"), () -> "sent")).isEqualTo("sent");
    }

    @Test
    void otherFailuresSayNothingAboutADependency() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> breakers.call(Set.of("erp"), () -> {
                        throw new TransientFailure("the pedido's own");
                    }))
                    .isInstanceOf(TransientFailure.class);
        }
        assertThat(breakers.call(Set.of("erp"), () -> "answered")).isEqualTo("answered");
    }

    private String away(String dependency) throws DependencyUnavailable {
        calls.incrementAndGet();
        throw new DependencyUnavailable(dependency, "connection refused");
    }
}
