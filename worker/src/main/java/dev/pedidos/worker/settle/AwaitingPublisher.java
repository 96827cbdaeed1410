package dev.pedidos.worker.settle;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a message and waits for the broker's confirm. While an alarm blocks the broker it keeps trying, and so holds
 * the delivery: one that is given back is redelivered at once, and so are all behind it.
 */
public final class AwaitingPublisher implements LedgerPublisher.Confirmed {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitingPublisher.class);
    private static final int CONFIRM_SECONDS = 10;
    private static final Duration ALARM_PAUSE = Duration.ofMillis(500);

    private final Function<OutboundMessage, CompletableFuture<Void>> broker;
    private final BooleanSupplier blocked;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param broker completes with the confirm
     * @param blocked an alarm keeps the broker from taking messages
     */
    public AwaitingPublisher(Function<OutboundMessage, CompletableFuture<Void>> broker, BooleanSupplier blocked) {
        this.broker = broker;
        this.blocked = blocked;
    }

    /** @throws DeliveryPaused the worker stops during an alarm */
    @Override
    public void publish(OutboundMessage message) throws PublishFailed, InterruptedException {
        for (boolean held = false; ; held = true) {
            try {
                publishOnce(message);
                return;
            } catch (PublishFailed e) {
                if (!blocked.getAsBoolean()) {
                    throw e;
                }
                if (!held) {
                    LOG.atWarn()
                            .addKeyValue("pedido_id", message.messageId())
                            .log("an alarm blocks the broker: the delivery is held until the alarm is over");
                }
                if (stopping.await(ALARM_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new DeliveryPaused(e);
                }
            }
        }
    }

    private void publishOnce(OutboundMessage message) throws PublishFailed, InterruptedException {
        try {
            broker.apply(message).get(CONFIRM_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new PublishFailed(RootLocale.format(
                    "the broker did not confirm a message for the exchange %s within %d s",
                    message.exchange(), CONFIRM_SECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PublishFailed failed ? failed : new PublishFailed(e.toString());
        }
    }

    /** Stops waiting for the end of an alarm. */
    public void announceStop() {
        stopping.countDown();
    }
}
