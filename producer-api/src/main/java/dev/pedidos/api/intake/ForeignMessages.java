package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OtherLedgers;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.PulledMessage;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets messages of another ledger aside, unchanged. This fleet cannot judge them. */
public final class ForeignMessages {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignMessages.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final OtherLedgers others;
    private final MessagePublisher publisher;
    private final Messages messages;
    private final IntakeMetrics metrics;
    private long saidAt = System.nanoTime() - QUIET.toNanos();

    public ForeignMessages(OtherLedgers others, MessagePublisher publisher, Messages messages, IntakeMetrics metrics) {
        this.others = others;
        this.publisher = publisher;
        this.messages = messages;
        this.metrics = metrics;
    }

    boolean isForeign(PulledMessage message) {
        return others.isForeign(message.headers());
    }

    /** @throws PublishFailed some are not in the queue: their messages must not be acknowledged */
    void setAside(List<PulledMessage> foreign) throws PublishFailed, InterruptedException {
        if (foreign.isEmpty()) {
            return;
        }
        say(foreign);
        ConfirmWait.all(
                foreign.stream().map(messages::foreign).map(publisher::publish).toList(), DeadMessages.CONFIRM_WAIT);
        metrics.foreign.increment(foreign.size());
    }

    private synchronized void say(List<PulledMessage> foreign) {
        long now = System.nanoTime();
        if (now - saidAt >= QUIET.toNanos()) {
            saidAt = now;
            LOG.error(
                    "messages of ledger {} come to this fleet, which works on ledger {}: they are set aside in {} as they are;"
                            + " two fleets share a vhost",
                    foreign.getFirst().headers().text(OutboundMessage.LEDGER),
                    others.ours().get(),
                    messages.foreign(foreign.getFirst()).routingKey());
        }
    }
}
