package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RepeatedFaultLogTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final RepeatedFaultLog faults;

    RepeatedFaultLogTest() {
        var logger = new LoggerContext().getLogger(RepeatedFaultLogTest.class);
        lines.start();
        logger.addAppender(lines);
        faults = new RepeatedFaultLog(logger, nanos::get);
    }

    @Test
    void aFaultThatManyMeetIsOneLineAMinute() {
        for (int second = 0; second < 120; second++) {
            faults.warn("messages wait", "no confirm");
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("messages wait (no confirm)", "messages wait (no confirm)");
    }

    @Test
    void aFaultThatComesBackAfterItWasOverIsSaidAtOnce() {
        faults.warn("a", "b");
        assertThat(faults.over()).isTrue();
        faults.warn("a", "b");
        assertThat(lines.list).hasSize(2);
    }

    @Test
    void aLineNamesTheFirstOneThatMetTheFault() {
        faults.warn("a", "b", "described", Map.of("pedido_id", "first"));
        faults.warn("a", "b", "described", Map.of("pedido_id", "second"));
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.getFirst().getFormattedMessage()).isEqualTo("a (described)");
        assertThat(lines.list.getFirst().getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly("pedido_id=first");
    }
}
