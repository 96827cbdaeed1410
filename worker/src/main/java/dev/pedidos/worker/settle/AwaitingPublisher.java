package dev.pedidos.worker.settle;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * Publishes a message and waits for the confirm. While the broker takes no message (an alarm, a full queue, a connection
 * for publishing that is lost), it holds the delivery and tries again: a delivery that is given back would be redelivered
 * at once. Other deliveries go on.
 */
public final class AwaitingPublisher {

    /** The number of the connection that deliveries come on while there is none. */
    public static final long NOT_CONSUMING = 0;

    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);
    /**
     * A confirm that is only late is waited for: each copy takes room that all queues share. If the queue was deleted meanwhile, it
     * never comes.
     */
    private static final Duration ANOTHER_COPY_AFTER = Duration.ofSeconds(60);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 10;

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LoggerFactory.getLogger(AwaitingPublisher.class));
    private final IntervalFunction pauses =
            IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 2, 0.5, LONGEST_PAUSE);
    private final MessagePublisher publisher;
    private final Duration confirmWait;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private volatile LongSupplier consumingConnection = () -> 1;

    public AwaitingPublisher(MessagePublisher publisher) {
        this(publisher, CONFIRM_WAIT);
    }

    AwaitingPublisher(MessagePublisher publisher, Duration confirmWait) {
        this.publisher = publisher;
        this.confirmWait = confirmWait;
    }

    /**
     * @param number the number of the connection that deliveries come on, or {@link #NOT_CONSUMING}. When it has changed, the broker
     *     redelivers by itself what came on the one before
     */
    public void setConsumingConnection(LongSupplier number) {
        consumingConnection = number;
    }

    /**
     * Publishes for the deliveries of the connection that is open now: those are held. It throws {@link DeliveryPaused} if the worker
     * stops before the broker takes the message.
     */
    public LedgerPublisher.Confirmed ofOpenConnection() {
        long consumedOn = consumingConnection.getAsLong();
        return message -> publish(message, consumedOn);
    }

    private void publish(OutboundMessage message, long consumedOn) throws PublishFailed, InterruptedException {
        long publishedAt = System.nanoTime();
        var confirmed = publisher.publish(message);
        for (int tries = 1; ; tries++) {
            try {
                ConfirmWait.one(confirmed, confirmWait);
                return;
            } catch (PublishFailed e) {
                if (consumedOn == NOT_CONSUMING || consumingConnection.getAsLong() != consumedOn) {
                    throw e;
                }
                faults.warn(
                        "the broker does not take a message: the delivery is held until it does", fault(message, e));
                if (stopping.await(pauses.apply(Math.min(tries, MOST_DOUBLINGS)), TimeUnit.MILLISECONDS)) {
                    throw new DeliveryPaused(e);
                }
                boolean overdue = System.nanoTime() - publishedAt >= ANOTHER_COPY_AFTER.toNanos();
                if (confirmed.isDone() ? confirmed.isCompletedExceptionally() : overdue) {
                    publishedAt = System.nanoTime();
                    confirmed = publisher.publish(message);
                }
            }
        }
    }

    private static String fault(OutboundMessage message, PublishFailed failure) {
        String to = message.exchange().isEmpty() ? message.routingKey() : message.exchange();
        return to + ": " + failure.getMessage();
    }

    /**
     * As {@link #ofOpenConnection}, without holding the delivery.
     *
     * @throws DeliveryPaused the worker stops, and the broker did not take the message
     */
    public void offer(OutboundMessage message) throws PublishFailed, InterruptedException {
        try {
            ConfirmWait.one(publisher.publish(message), confirmWait);
        } catch (PublishFailed e) {
            if (stopping.getCount() == 0) {
                throw new DeliveryPaused(e);
            }
            throw e;
        }
    }

    /** Stops holding deliveries. */
    public void announceStop() {
        stopping.countDown();
    }
}
