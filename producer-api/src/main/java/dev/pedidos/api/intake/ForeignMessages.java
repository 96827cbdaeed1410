package dev.pedidos.api.intake;

import dev.pedidos.api.intake.MessageDiversion.Diversion;
import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OtherLedgers;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.shared.text.RootLocale;
import org.slf4j.LoggerFactory;

/** Sets messages of another ledger aside, unchanged. This fleet cannot judge them. */
public final class ForeignMessages {

    private static final RepeatedFaultLog FAULTS = new RepeatedFaultLog(LoggerFactory.getLogger(ForeignMessages.class));

    private final OtherLedgers others;
    private final MessagePublisher publisher;
    private final Messages messages;
    private final IntakeMetrics metrics;

    public ForeignMessages(OtherLedgers others, MessagePublisher publisher, Messages messages, IntakeMetrics metrics) {
        this.others = others;
        this.publisher = publisher;
        this.messages = messages;
        this.metrics = metrics;
    }

    boolean isForeign(PulledMessage message) {
        return others.isForeign(message.headers());
    }

    /** @throws PublishFailed it is not in the queue: it must not be acknowledged */
    void setAside(PulledMessage foreign) throws PublishFailed, InterruptedException {
        var aside = aside(foreign);
        ConfirmWait.one(publisher.publish(aside.sent()), PoisonMessages.CONFIRM_WAIT);
        aside.onConfirmed().run();
    }

    Diversion aside(PulledMessage foreign) {
        var sent = messages.foreign(foreign);
        return new Diversion(foreign, sent, () -> {
            metrics.foreign();
            logForeign(foreign, sent.routingKey());
        });
    }

    /** One fault, whichever ledgers they name: anybody who may publish can name many. */
    private void logForeign(PulledMessage foreign, String queue) {
        FAULTS.error(
                "messages of another ledger come to this fleet: they are set aside as they are; two fleets share a vhost",
                "another ledger",
                RootLocale.format(
                        "of ledger %s; this fleet works on ledger %s; set aside in %s",
                        OtherLedgers.named(foreign.headers()), others.ours().get(), queue));
    }
}
