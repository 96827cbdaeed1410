package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channel that a publisher sends through, and the one before it, whose confirms may still come. */
final class PublishChannels {

    private static final Logger LOG = LoggerFactory.getLogger(PublishChannels.class);

    /**
     * Once a full quorum queue has refused a message of a channel, it may refuse that channel for ever, even if its bound is taken
     * away (seen with RabbitMQ 3.10.8). So another channel is tried this often.
     */
    private static final Duration OTHER_CHANNEL_AFTER = Duration.ofSeconds(3);

    private final Runnable onUnroutable;
    private volatile @Nullable PublishChannel current;
    /** Nothing more is sent through it; confirms may come. */
    private @Nullable PublishChannel retired;

    /** @param onUnroutable as for {@link Confirms} */
    PublishChannels(Runnable onUnroutable) {
        this.onUnroutable = onUnroutable;
    }

    /** Null while the broker is down. */
    @Nullable
    PublishChannel current() {
        return current;
    }

    void use(Connection connection) throws IOException {
        current = PublishChannel.open(connection, onUnroutable);
    }

    /** As {@link Confirms#oldestNanos}, of both channels. */
    synchronized long oldestUnansweredNanos() {
        long now = current == null ? 0 : current.oldestUnansweredNanos();
        return retired == null ? now : Math.max(now, retired.oldestUnansweredNanos());
    }

    /**
     * All that is unconfirmed fails.
     *
     * @return the channel that was in use; null if the broker was down
     */
    @Nullable
    PublishChannel lost() {
        PublishChannel last;
        PublishChannel before;
        synchronized (this) {
            last = current;
            before = retired;
            current = null;
            retired = null;
        }
        failAll(last);
        failAll(before);
        return last;
    }

    private static void failAll(@Nullable PublishChannel gone) {
        if (gone != null) {
            gone.failAll("the connection to the broker was lost");
        }
    }

    /** For the one thread that sends. The channel before the last is closed: it has waited long enough for its confirms. */
    void changeIfRefused() {
        var last = current;
        if (last == null || !last.hasRefused() || last.ageNanos() < OTHER_CHANNEL_AFTER.toNanos()) {
            return;
        }
        try {
            var closing = replace(last, PublishChannel.open(last.connection(), onUnroutable));
            if (closing != null) {
                closing.close();
                closing.failAll("the broker did not answer");
            }
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("no other channel could be opened", e);
        }
    }

    /** Returns the one that is to be closed. */
    private synchronized @Nullable PublishChannel replace(PublishChannel last, PublishChannel fresh) {
        if (current != last) {
            // The connection was lost meanwhile.
            return fresh;
        }
        var before = retired;
        retired = last;
        current = fresh;
        return before;
    }
}
