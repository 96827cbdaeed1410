package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.broker.connection.GatheredWrites;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.runtime.MemoryShare;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages as persistent and mandatory, and matches the broker's confirms to them. Callers never block: one
 * thread writes to the socket. If the broker does not read (an alarm, a slow disk), further messages fail at the bound
 * and do not pile up.
 */
public final class ConfirmedPublisher implements MessagePublisher, ConnectionUser, AutoCloseable {

    private record Outgoing(OutboundMessage message, CompletableFuture<Void> confirmed) {}

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);
    /** A broker that works answers sooner, even if a queue gets a new leader. */
    private static final Duration LONGEST_UNANSWERED = Duration.ofSeconds(60);
    /** Messages that leave with one write. */
    private static final int MOST_AT_ONCE = 100;

    private final Supplier<String> ledger;
    private final BlockingQueue<Outgoing> waiting;
    private final Semaphore inFlight;
    private final MemoryShare bytesInFlight;
    private final Thread writer;
    private final PublishChannels channels;
    private volatile @Nullable GatheredWrites writes;
    private volatile boolean blocked;
    private volatile long unblockedAt = System.nanoTime();

    /**
     * @param most the largest number of unconfirmed messages; one more fails at once
     * @param bytes bounds the bytes of all their bodies
     */
    public ConfirmedPublisher(String name, int most, MemoryShare bytes) {
        this(name, most, bytes, () -> "", () -> {});
    }

    /**
     * @param ledger named in every message; empty while it is unknown
     * @param onUnroutable told of each message that no queue takes; must not wait
     */
    public ConfirmedPublisher(
            String name, int most, MemoryShare bytes, Supplier<String> ledger, Runnable onUnroutable) {
        this.ledger = ledger;
        channels = new PublishChannels(onUnroutable);
        bytesInFlight = bytes;
        waiting = new ArrayBlockingQueue<>(most);
        inFlight = new Semaphore(most);
        writer = Thread.ofPlatform().name(name + "-writer").daemon().start(this::write);
    }

    /**
     * Completes when the broker has confirmed the message, or fails with {@link PublishFailed}. A caller that stops
     * waiting completes only its own copy: the message still counts as unconfirmed.
     */
    @Override
    public CompletableFuture<Void> publish(OutboundMessage message) {
        if (channels.current() == null) {
            return failed("the broker is down");
        }
        if (blocked) {
            return failed("the broker takes no messages (connection.blocked)");
        }
        if (!inFlight.tryAcquire()) {
            giveUpIfSilent();
            return failed("too many messages are unconfirmed");
        }
        var room = bytesInFlight.reserve(message.body().length);
        if (room.isEmpty()) {
            inFlight.release();
            giveUpIfSilent();
            return failed("too many bytes are unconfirmed");
        }
        var confirmed = new CompletableFuture<Void>();
        var unused = confirmed.whenComplete((done, failure) -> {
            room.get().close();
            inFlight.release();
        });
        if (!waiting.offer(new Outgoing(message, confirmed))) {
            confirmed.completeExceptionally(new PublishFailed("too many messages wait to be sent"));
        }
        return confirmed;
    }

    public boolean isUp() {
        return channels.current() != null && !blocked;
    }

    @Override
    public void connected(Connection connection) throws IOException {
        connection.addBlockedListener(reason -> blocked = true, this::unblocked);
        blocked = false;
        writes = GatheredWrites.of(connection).orElse(null);
        channels.use(connection);
    }

    private void unblocked() {
        unblockedAt = System.nanoTime();
        blocked = false;
    }

    @Override
    public void lost() {
        channels.lost();
    }

    private void write() {
        List<Outgoing> atHand = new ArrayList<>();
        while (true) {
            try {
                atHand.add(waiting.take());
                waiting.drainTo(atHand, MOST_AT_ONCE - 1);
                if (!blocked) {
                    channels.changeIfRefused();
                }
                sendTogether(atHand);
            } catch (InterruptedException e) {
                lost();
                return;
            } catch (Throwable failure) {
                // An Error too: nobody else sends.
                LOG.error("messages could not be sent: the connection is closed and opened again", failure);
                giveUp(atHand);
            }
            atHand.clear();
        }
    }

    /**
     * A queue without a leader neither confirms nor refuses. Its messages would take all the room for good, and no other queue would
     * get a message.
     */
    private void giveUpIfSilent() {
        long sinceAlarm = System.nanoTime() - unblockedAt;
        if (Math.min(sinceAlarm, channels.oldestUnansweredNanos()) < LONGEST_UNANSWERED.toNanos()) {
            return;
        }
        var through = channels.lost();
        if (through != null) {
            ConnectionEnd.beginGivingUp(through.connection());
            LOG.warn(
                    "the broker has not answered some messages for {} s, and there is no room for more: they count as not"
                            + " confirmed, and the connection is opened again",
                    LONGEST_UNANSWERED.toSeconds());
        }
    }

    /** All that is unconfirmed fails. The link opens the connection again. */
    private void closeConnection() {
        var through = channels.lost();
        if (through != null) {
            Thread.ofVirtual().start(() -> ConnectionEnd.abort(through.connection()));
        }
    }

    /** It is not known which of them have left. */
    private void giveUp(List<Outgoing> messages) {
        var through = channels.lost();
        if (through != null) {
            ConnectionEnd.abort(through.connection());
        }
        messages.forEach(
                outgoing -> outgoing.confirmed().completeExceptionally(new PublishFailed("publishing failed")));
    }

    private void sendTogether(List<Outgoing> messages) {
        var gathered = writes;
        if (gathered == null || messages.size() == 1) {
            messages.forEach(this::send);
            return;
        }
        gathered.begin();
        try {
            messages.forEach(this::send);
        } finally {
            flush(gathered);
        }
    }

    /** A message that did not leave is not confirmed: it fails when the connection is closed. */
    private void flush(GatheredWrites gathered) {
        try {
            gathered.end();
        } catch (IOException e) {
            LOG.debug("messages could not be sent", e);
            var through = channels.current();
            if (through != null) {
                ConnectionEnd.abort(through.connection());
            }
        }
    }

    private void send(Outgoing outgoing) {
        var through = channels.current();
        if (through == null) {
            outgoing.confirmed().completeExceptionally(new PublishFailed("the broker is down"));
        } else if (!through.send(outgoing.message(), ledger.get(), outgoing.confirmed())) {
            closeConnection();
        }
    }

    private static CompletableFuture<Void> failed(String reason) {
        return CompletableFuture.failedFuture(new PublishFailed(reason));
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
