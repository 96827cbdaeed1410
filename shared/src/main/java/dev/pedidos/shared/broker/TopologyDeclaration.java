package dev.pedidos.shared.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.pedidos.shared.broker.connection.BrokerFault;
import dev.pedidos.shared.broker.connection.ConnectionEnd;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.shared.topology.LedgerId;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.shared.topology.TopologyMismatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares a {@link Topology}. This can be repeated; it fails as a whole if something exists with other arguments. If
 * the user may not configure, it only checks that everything exists: for a while after a refusal, which the broker logs as an error,
 * or from the start after {@link #checkOnly}. A program does not start without all of it, and goes on with the rest if something is
 * missing later.
 */
public final class TopologyDeclaration implements ConnectionUser {

    /** Opens a connection, which is closed after the declaration. */
    @FunctionalInterface
    public interface Opening {
        Connection open() throws IOException, TimeoutException;

        /** Told why the declaration failed on a connection. */
        default void failed(Connection connection, Throwable failure) {}
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopologyDeclaration.class);
    private static final int PAUSE_SECONDS = 2;
    /** So long a refusal counts, unless something is missing. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private final BooleanSupplier shardsAreKnown;
    private volatile Topology topology;
    private volatile boolean mayDeclare = true;
    /** System.nanoTime() of the last refusal; null if there is none, or it does not count. */
    private volatile @Nullable Long refusedAt;
    /** The number of shards was not known at the last declaration. */
    private volatile boolean owesShards;
    /** Everything was there once: the program runs. */
    private volatile boolean wasComplete;

    private volatile @Nullable LedgerId ledger;

    public TopologyDeclaration(Topology topology) {
        this(topology, () -> true);
    }

    /**
     * @param shardsAreKnown asked before each declaration, and may extend the topology. False: the number of shards may have
     *     changed, and none are declared; a shard that was removed must not be bound again
     */
    public TopologyDeclaration(Topology topology, BooleanSupplier shardsAreKnown) {
        this.topology = topology;
        this.shardsAreKnown = shardsAreKnown;
    }

    /** From now on it only checks that everything exists, and declares nothing. */
    public TopologyDeclaration checkOnly() {
        mayDeclare = false;
        return this;
    }

    public Topology topology() {
        return topology;
    }

    /** From now on it marks the vhost as this ledger's, and refuses one that is marked as another's. */
    public void markAs(LedgerId whose) {
        ledger = whose;
    }

    /** From now on it declares this topology with every new connection. */
    public void extendTo(Topology fuller) {
        topology = fuller;
    }

    /**
     * For the start of a program: declares everything before anything else starts, so that a mismatch stops the
     * program.
     *
     * @return false if the broker is down
     * @throws TopologyMismatch something is missing or exists with other arguments
     */
    public boolean tryDeclare(Opening opening) {
        try {
            work(opening, connection -> {
                claimMark(connection);
                refuse(declareOrCheck(connection));
            });
            return true;
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            LOG.warn("exchanges and queues cannot be declared now ({}); tried again", BrokerFault.describe(e));
            return false;
        }
    }

    private static void work(Opening opening, Work work) throws IOException, TimeoutException {
        var connection = opening.open();
        try {
            work.on(connection);
        } catch (Throwable failure) {
            opening.failed(connection, failure);
            throw failure;
        } finally {
            // Not close(): it waits for an answer as long as the node sends heartbeats.
            ConnectionEnd.abort(connection);
        }
    }

    private void claimMark(Connection connection) throws IOException {
        var whose = ledger;
        if (whose != null && triesToDeclare()) {
            new LedgerMark(topology, whose).claim(connection);
        }
    }

    /**
     * As {@link #tryDeclare}, but waits while the broker is down.
     *
     * @throws TopologyMismatch something is missing or exists with other arguments
     */
    public void declareAtStart(Opening opening) throws InterruptedException {
        while (!tryDeclare(opening)) {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        }
    }

    /**
     * If something is missing that was there before, the log names it, and the connection is used.
     *
     * @throws TopologyMismatch something exists with other arguments, or is missing since the start; the message names each
     */
    @Override
    public void connected(Connection connection) throws IOException {
        var missing = declareOrCheck(connection);
        if (wasComplete && !missing.isEmpty()) {
            faults.warn("the broker lacks what this program needs: the rest goes on", String.join(", ", missing));
        } else {
            refuse(missing);
        }
    }

    private static void refuse(List<String> missing) {
        if (!missing.isEmpty()) {
            throw TopologyMismatch.missing(missing);
        }
    }

    /** Declares the shards now, if their number was not known when a connection was opened. A fault is only logged. */
    public void declareOwedShards(Opening opening) {
        if (owesShards && shardsAreKnown.getAsBoolean()) {
            declareThrough(opening);
        }
    }

    /** Declares everything now: a queue or a binding is missing. A fault is only logged. */
    public void declareAgain(Opening opening) {
        if (!declareThrough(opening)) {
            return;
        }
        if (owesShards) {
            LOG.warn(
                    "a queue or a binding is missing: everything but the shards is declared again. Their number can be read when"
                            + " the database is back: then they are declared");
        } else if (triesToDeclare()) {
            LOG.warn("a queue or a binding was missing: everything is declared again");
        } else {
            LOG.warn("a binding seems to be missing, and this program may not declare it: have the broker import what"
                    + " ./pedidos definitions prints with the settings of this program");
        }
    }

    private boolean declareThrough(Opening opening) {
        try {
            work(opening, connection -> refuse(declareOrCheck(connection)));
            return true;
        } catch (Throwable e) {
            // An Error too: nobody else would say so.
            faults.warn("queues and bindings cannot be declared now; it is tried again", BrokerFault.describe(e));
            return false;
        }
    }

    /** The names of what is missing, and cannot be declared. */
    private List<String> declareOrCheck(Connection connection) throws IOException {
        boolean known = shardsAreKnown.getAsBoolean();
        var wanted = known ? topology : topology.withShards(0);
        var missing = missing(wanted, connection);
        owesShards = !known;
        if (missing.isEmpty()) {
            wasComplete = true;
        }
        return missing;
    }

    private List<String> missing(Topology wanted, Connection connection) throws IOException {
        if (triesToDeclare()) {
            renewMark(wanted, connection);
            try {
                TopologyCreation.declare(wanted, connection);
                refusedAt = null;
                return List.of();
            } catch (TopologyCreation.MayNotConfigure e) {
                refusedAt = System.nanoTime();
                LOG.info("the broker does not let this user declare anything: this only checks that everything exists."
                        + " With PEDIDOS_DECLARE=off the broker does not log an error for this at each start");
            }
        }
        var missing = TopologyCheck.missing(wanted, connection);
        if (!missing.isEmpty()) {
            refusedAt = null;
        }
        return missing;
    }

    private boolean triesToDeclare() {
        var refused = refusedAt;
        return mayDeclare && (refused == null || System.nanoTime() - refused > REFUSED_FOR.toNanos());
    }

    private void renewMark(Topology wanted, Connection connection) throws IOException {
        var whose = ledger;
        if (whose != null) {
            new LedgerMark(wanted, whose).renew(connection);
        }
    }

    @Override
    public void lost() {}
}
