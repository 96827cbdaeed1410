package dev.pedidos.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependencyBreakersTest {

    private final DependencyBreakers breakers = DependencyBreakers.forAttempts(Duration.ofMinutes(1));
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aDependencyThatIsDownIsNotCalled() throws Exception {
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

    /** The breaker of one dependency may be asked before that of the other, or after it. */
    @ParameterizedTest
    @CsvSource({"erp, mail", "mail, erp"})
    void aCallThatAnotherDependencyForbidsSaysNothingAboutThisOne(String first, String second) {
        breakers.of("erp").transitionToOpenState();
        breakers.of("mail").transitionToOpenState();
        breakers.of("mail").transitionToHalfOpenState();

        assertThatThrownBy(() -> breakers.call(new LinkedHashSet<>(List.of(first, second)), () -> "sent"))
                .isInstanceOf(CallNotPermittedException.class);

        assertThat(breakers.of("mail").getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    }

    private String away(String dependency) throws DependencyUnavailable {
        calls.incrementAndGet();
        throw new DependencyUnavailable(dependency, "connection refused");
    }
}
