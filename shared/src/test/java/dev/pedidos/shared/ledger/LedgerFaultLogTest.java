package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LedgerFaultLogTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LedgerFaultLog faults;

    LedgerFaultLogTest() {
        var logger = new LoggerContext().getLogger(LedgerFaultLogTest.class);
        lines.start();
        logger.addAppender(lines);
        faults = new LedgerFaultLog(logger, new RepeatedFaultLog(logger, nanos::get));
    }

    @Test
    void aFaultThatManyMeetIsOneLineAMinuteAndNames() {
        for (int second = 0; second < 120; second++) {
            faults.warn("nothing is worked on", new SQLException("permission denied for table pedidos", "42501"));
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "nothing is worked on (SQLSTATE 42501: permission denied for table pedidos)",
                        "nothing is worked on (SQLSTATE 42501: permission denied for table pedidos)");
    }
}
