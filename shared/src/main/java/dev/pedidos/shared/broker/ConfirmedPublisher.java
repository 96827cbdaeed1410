package dev.pedidos.shared.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.pedidos.shared.runtime.MemoryShare;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages as persistent and mandatory, and matches the broker's confirms to them. Callers never block: one
 * thread writes to the socket. If the broker does not read (an alarm, a slow disk), further messages fail at the bound
 * and do not pile up.
 */
public final class ConfirmedPublisher implements BrokerLink.Tenant, AutoCloseable {

    private record Outgoing(OutboundMessage message, CompletableFuture<Void> confirmed) {}

    /** A channel, and what it has published and the broker has not answered yet. */
    private record Line(Channel channel, Confirms confirms) {}

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);
    private static final int PERSISTENT = 2;
    /** Messages that leave with one write. */
    private static final int MOST_AT_ONCE = 100;
    /**
     * Once a full quorum queue has refused a message of a channel, it may refuse that channel for ever, even if its bound is taken
     * away (seen with RabbitMQ 3.10.8). So another channel is tried this often.
     */
    private static final Duration OTHER_CHANNEL_AFTER = Duration.ofSeconds(3);

    private final Supplier<String> ledger;
    private final BlockingQueue<Outgoing> waiting;
    private final Semaphore inFlight;
    private final MemoryShare bytesInFlight;
    private final Thread writer;
    private volatile @Nullable Line line;
    /** Nothing more is sent through it; confirms may come. */
    private @Nullable Line retired;

    private volatile @Nullable GatheredWrites writes;
    private volatile boolean blocked;
    private volatile boolean refused;
    private volatile long openedAt;

    /**
     * @param most the largest number of unconfirmed messages; one more fails at once
     * @param bytes bounds the bytes of all their bodies
     */
    public ConfirmedPublisher(String name, int most, MemoryShare bytes) {
        this(name, most, bytes, () -> "");
    }

    /** @param ledger named in every message; empty while it is unknown */
    public ConfirmedPublisher(String name, int most, MemoryShare bytes, Supplier<String> ledger) {
        this.ledger = ledger;
        bytesInFlight = bytes;
        waiting = new ArrayBlockingQueue<>(most);
        inFlight = new Semaphore(most);
        writer = Thread.ofPlatform().name(name + "-writer").daemon().start(this::write);
    }

    /**
     * Completes when the broker has confirmed the message, or fails with {@link PublishFailed}. A caller that stops
     * waiting completes only its own copy: the message still counts as unconfirmed.
     */
    public CompletableFuture<Void> publish(OutboundMessage message) {
        if (line == null) {
            return failed("the broker is down");
        }
        if (blocked) {
            return failed("the broker takes no messages (connection.blocked)");
        }
        if (!inFlight.tryAcquire()) {
            return failed("too many messages are unconfirmed");
        }
        var room = bytesInFlight.reserve(message.body().length);
        if (room.isEmpty()) {
            inFlight.release();
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

    /** True even while the broker accepts no messages because of an alarm. */
    public boolean isConnected() {
        return line != null;
    }

    public boolean isUp() {
        return line != null && !blocked;
    }

    @Override
    public void connected(Connection connection) throws IOException {
        var fresh = open(connection);
        connection.addBlockedListener(reason -> blocked = true, () -> blocked = false);
        blocked = false;
        writes = GatheredWrites.of(connection).orElse(null);
        line = fresh;
    }

    private Line open(Connection connection) throws IOException {
        var fresh = Channels.open(connection);
        var pending = new Confirms(() -> refused = true);
        fresh.confirmSelect();
        fresh.addConfirmListener(pending);
        fresh.addReturnListener(pending);
        fresh.addShutdownListener(cause -> BrokerLink.closeOnFault(cause, connection));
        refused = false;
        openedAt = System.nanoTime();
        return new Line(fresh, pending);
    }

    @Override
    public void lost() {
        forgotten().forEach(gone -> gone.confirms().failAll("the connection to the broker was lost"));
    }

    private synchronized List<Line> forgotten() {
        var gone = Stream.of(Optional.ofNullable(line), Optional.ofNullable(retired))
                .flatMap(Optional::stream)
                .toList();
        line = null;
        retired = null;
        return gone;
    }

    /** On the writer's thread. The one before the last is closed: what it was not answered has waited long enough. */
    private void changeChannelIfRefused() {
        var last = line;
        if (!refused || last == null || blocked || System.nanoTime() - openedAt < OTHER_CHANNEL_AFTER.toNanos()) {
            return;
        }
        try {
            var fresh = open(last.channel().getConnection());
            var before = replace(last, fresh);
            if (before != null) {
                before.channel().abort();
                before.confirms().failAll("the broker did not answer");
            }
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("no other channel could be opened", e);
        }
    }

    /** Returns the one that is to be closed. */
    private synchronized @Nullable Line replace(Line last, Line fresh) {
        if (line != last) {
            // The connection was lost meanwhile.
            return fresh;
        }
        var before = retired;
        retired = last;
        line = fresh;
        return before;
    }

    private void write() {
        List<Outgoing> atHand = new ArrayList<>();
        try {
            while (true) {
                atHand.add(waiting.take());
                waiting.drainTo(atHand, MOST_AT_ONCE - 1);
                changeChannelIfRefused();
                sendTogether(atHand);
                atHand.clear();
            }
        } catch (InterruptedException e) {
            lost();
        }
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
            var to = line;
            if (to != null) {
                BrokerLink.abort(to.channel().getConnection());
            }
        }
    }

    private void send(Outgoing outgoing) {
        var current = line;
        if (current == null) {
            outgoing.confirmed().completeExceptionally(new PublishFailed("the broker is down"));
            return;
        }
        var to = current.channel();
        var pending = current.confirms();
        long sequence = to.getNextPublishSeqNo();
        pending.expect(sequence, outgoing.confirmed());
        var message = outgoing.message();
        try {
            to.basicPublish(
                    message.exchange(), message.routingKey(), true, properties(message, sequence), message.body());
            if (!to.isOpen()) {
                pending.fail(sequence, new PublishFailed("the channel was closed while publishing"));
            }
        } catch (IOException | AlreadyClosedException e) {
            pending.fail(sequence, new PublishFailed("publishing failed: " + Causes.of(e)));
        } catch (RuntimeException e) {
            LOG.error("the client library refuses a message: the connection is closed and opened again", e);
            pending.fail(sequence, new PublishFailed("publishing failed: " + Causes.of(e)));
            // The client has counted the message: its numbers and the broker's are no longer the same. Nothing more is
            // sent.
            lost();
            Thread.ofVirtual().start(() -> BrokerLink.abort(to.getConnection()));
        }
    }

    private AMQP.BasicProperties properties(OutboundMessage message, long sequence) {
        var headers = new HashMap<String, Object>();
        String ours = ledger.get();
        if (!ours.isEmpty()) {
            headers.put(OutboundMessage.LEDGER, ours);
        }
        headers.putAll(message.headers());
        headers.put(OutboundMessage.CICLO, message.ciclo());
        headers.put(OutboundMessage.AGENDAMENTO, message.agendamento());
        headers.put(OutboundMessage.TENTATIVA, message.tentativa());
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType("application/json")
                .messageId(message.messageId())
                .type(message.tipo())
                // basic.return carries no delivery tag; the correlation id finds the message.
                .correlationId(Long.toString(sequence))
                .headers(headers)
                .build();
    }

    private static CompletableFuture<Void> failed(String reason) {
        return CompletableFuture.failedFuture(new PublishFailed(reason));
    }

    @Override
    public void close() {
        writer.interrupt();
    }
}
