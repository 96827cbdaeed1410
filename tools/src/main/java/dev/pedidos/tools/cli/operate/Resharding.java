package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.broker.ShardQueues;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * Changes the number of shards while the fleet runs. New queues are declared first, and bound when all of them exist.
 * Surplus shards receive no more messages, are worked on until they are empty, and are deleted when they have no
 * consumers. If it is interrupted, the same call completes it.
 */
public final class Resharding {

    /** Nothing has moved for a long time. */
    public static final class Stuck extends Exception {
        private static final long serialVersionUID = 1;

        Stuck(String what) {
            super(what);
        }
    }

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A handler that waits, or a delivery that waits for a full queue, may take that long. */
    private static final Duration PATIENCE_WITH_HANDLERS = Duration.ofMinutes(10);

    /** A worker that leaves gives back what it has not begun. RabbitMQ 3.10 counts it up to half a second after that (seen). */
    private static final Duration GIVEN_BACK_WITHIN = Duration.ofSeconds(2);

    private static final long ONE_AT_A_TIME = 0x7265736861726400L;

    private static final String WORKED_ON_FROM =
            "select exists (select from living_workers cross join unnest(shards_active) shard where shard >= ?)";

    private final ShardQueues queues;
    private final Connection ledger;
    private final Duration patience;

    /** @param ledger a connection of a role that may change {@code fleet} */
    public Resharding(ShardQueues queues, Connection ledger) {
        this(queues, ledger, PATIENCE);
    }

    /** @param patience with messages on which nobody works */
    Resharding(ShardQueues queues, Connection ledger, Duration patience) {
        this.queues = queues;
        this.ledger = ledger;
        this.patience = patience;
    }

    /** @return false if somebody else is resharding */
    public boolean begin() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, this::tryLock);
    }

    private boolean tryLock() throws SQLException {
        try (var statement = ledger.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, ONE_AT_A_TIME);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The current number of shards. */
    public int shards() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, this::readShards);
    }

    private int readShards() throws SQLException {
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery("select shards from fleet")) {
            if (!row.next()) {
                throw new SQLException("no fleet has started on this database");
            }
            return row.getInt(1);
        }
    }

    /**
     * Nothing is changed if the workers could not open so many shards.
     *
     * @param left receives the number of messages in surplus shards
     * @throws dev.pedidos.shared.topology.TopologyMismatch the broker's channel_max is too low
     */
    public void to(int shards, LongConsumer left)
            throws IOException, TimeoutException, SQLException, InterruptedException, Stuck {
        if (shards > shards()) {
            queues.requireChannels(shards);
        }
        queues.declare(shards);
        for (int end = end(shards); end > shards; end = end(shards)) {
            store(shards, end);
            queues.bind(shards);
            queues.unbind(shards, end);
            awaitEmpty(shards, end, left);
            store(shards, shards);
            awaitNobody(shards, end);
            queues.unbind(shards, end);
            Thread.sleep(GIVEN_BACK_WITHIN);
            if (queues.areEmpty(shards, end)) {
                queues.delete(shards, end);
            }
        }
        store(shards, shards);
        queues.bind(shards);
    }

    private int end(int shards) throws IOException, TimeoutException {
        return queues.highest(shards).orElse(shards - 1) + 1;
    }

    private void store(int shards, int end) throws SQLException, InterruptedException {
        var unused = CancellableSql.on(ledger, () -> update(shards, end));
    }

    private int update(int shards, int end) throws SQLException {
        try (var statement = ledger.prepareStatement("update fleet set shards = ?, draining = nullif(?, ?)")) {
            statement.setInt(1, shards);
            statement.setInt(2, end);
            statement.setInt(3, shards);
            return statement.executeUpdate();
        }
    }

    private void awaitEmpty(int first, int end, LongConsumer left)
            throws IOException, TimeoutException, SQLException, InterruptedException, Stuck {
        long before = Long.MAX_VALUE;
        long lastChange = System.nanoTime();
        long lastWork = lastChange;
        for (long ready = ready(first, end); ready > 0 || !queues.areEmpty(first, end); ready = ready(first, end)) {
            left.accept(ready);
            long now = System.nanoTime();
            if (ready != before) {
                before = ready;
                lastChange = now;
                lastWork = now;
            } else if (isWorkedOnFrom(first)) {
                lastWork = now;
            }
            boolean nobodyWorks = now - lastWork > patience.toNanos();
            if (nobodyWorks || now - lastChange > PATIENCE_WITH_HANDLERS.toNanos()) {
                throw new Stuck(RootLocale.format(
                        "%,d messages are left in shards %d to %d, and none has moved for %d s%s",
                        ready,
                        first,
                        end - 1,
                        Duration.ofNanos(now - lastChange).toSeconds(),
                        nobodyWorks ? ": is a worker running?" : ", though a worker works on them."));
            }
            Thread.sleep(LOOK_EVERY);
        }
        left.accept(0);
    }

    private long ready(int first, int end) throws IOException, TimeoutException {
        return queues.contents(first, end).ready();
    }

    /** A worker that has left a shard may still have a delivery of it in hand: its row says so. */
    private void awaitNobody(int first, int end)
            throws IOException, TimeoutException, SQLException, InterruptedException, Stuck {
        long from = System.nanoTime();
        while (queues.contents(first, end).consumers() > 0 || isWorkedOnFrom(first)) {
            if (System.nanoTime() - from > PATIENCE_WITH_HANDLERS.toNanos()) {
                throw new Stuck(RootLocale.format(
                        "workers still work on shards %d to %d after %d s",
                        first, end - 1, PATIENCE_WITH_HANDLERS.toSeconds()));
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private boolean isWorkedOnFrom(int first) throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, () -> {
            try (var statement = ledger.prepareStatement(WORKED_ON_FROM)) {
                statement.setInt(1, first);
                try (var row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }
}
