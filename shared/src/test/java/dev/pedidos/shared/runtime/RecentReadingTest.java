package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentReadingTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final RecentReading<String> reading = new RecentReading<>(nanos::get);

    @Test
    void itIsUnknownBeforeTheFirstAndAMinuteAfterTheLast() {
        assertThat(reading.figure(String::length)).isNaN();

        reading.set("four");
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(reading.figure(String::length)).isEqualTo(4);

        nanos.incrementAndGet();
        assertThat(reading.figure(String::length)).isNaN();

        reading.set("seven");
        assertThat(reading.figure(String::length)).isEqualTo(5);
    }
}
