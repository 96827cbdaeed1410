package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.api.http.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownTiposTest {
    private final Set<String> registered = new HashSet<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private boolean away;
    private final KnownTipos tipos = new KnownTipos(this::read, nanos::get);

    @Test
    void built_in_ones_are_known_without_asking() {
        assertThat(tipos.test("pedido")).isTrue();
        assertThat(tipos.test("simulado")).isTrue();
        assertThat(reads).hasValue(0);
    }

    @Test
    void one_registered_later_is_known_within_a_second_and_asked_for_at_most_once_a_second() {
        assertThat(tipos.test("despesa")).isFalse();
        registered.add("despesa");
        assertThat(tipos.test("despesa")).isFalse();
        assertThat(reads).hasValue(1);
        nanos.addAndGet(Duration.ofMillis(1_001).toNanos());
        assertThat(tipos.test("despesa")).isTrue();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(tipos.test("despesa")).isTrue();
        assertThat(reads).hasValue(2);
    }

    @Test
    void without_the_database_the_known_ones_stay_known_and_others_are_unavailable() {
        registered.add("despesa");
        assertThat(tipos.test("despesa")).isTrue();
        away = true;
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(tipos.test("despesa")).isTrue();
        assertThatThrownBy(() -> tipos.test("outro")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> tipos.test("outro")).isInstanceOf(ProblemException.class);
        assertThat(reads).hasValue(2);
    }

    private Set<String> read() throws IOException {
        reads.incrementAndGet();
        if (away) {
            throw new IOException("away");
        }
        return Set.copyOf(registered);
    }
}
