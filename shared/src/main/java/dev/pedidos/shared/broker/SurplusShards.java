package dev.pedidos.shared.broker;

import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.broker.connection.ReopeningChannel;
import dev.pedidos.shared.topology.Topology;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds shards beyond the number of the fleet, such as those of imported definitions. Nobody works on them. The broker
 * logs an error for each look at a missing queue. So it looks on each new connection, after the number has changed, for
 * as long as it finds one, and every few minutes.
 */
public final class SurplusShards implements ConnectionUser {

    private static final int NEVER_LOOKED = -1;
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final Topology topology;
    private @Nullable Connection connection;
    private int none = NEVER_LOOKED;
    private long lookedAt;
    private boolean found;

    /** @param topology gives the names for any number of shards */
    public SurplusShards(Topology topology) {
        this.topology = topology;
    }

    @Override
    public synchronized void connected(Connection fresh) {
        connection = fresh;
        none = NEVER_LOOKED;
    }

    @Override
    public synchronized void lost() {
        connection = null;
    }

    /** Whether a shard exists behind the last one; while the broker cannot be asked, the answer of before. */
    public synchronized boolean existBeyond(int shards) {
        var current = connection;
        long now = System.nanoTime();
        if (current == null || (shards == none && now - lookedAt < AGAIN.toNanos())) {
            return found;
        }
        try {
            lookedAt = now;
            found = shards < Topology.MOST_SHARDS && exists(topology.shardQueue(shards), current);
            none = found ? NEVER_LOOKED : shards;
        } catch (ChannelContinuationTimeoutException silent) {
            ConnectionEnd.beginGivingUp(current);
        } catch (IOException | RuntimeException e) {
            // The connection is lost: the next one is asked.
        }
        return found;
    }

    private static boolean exists(String queue, Connection connection) throws IOException {
        try (var channels = new ReopeningChannel(connection)) {
            return TopologyCheck.queueIsThere(channels, queue);
        } catch (IOException e) {
            if (BrokerFault.isForbidden(e)) {
                // This user may not look: as if there were none.
                return false;
            }
            throw e;
        }
    }
}
