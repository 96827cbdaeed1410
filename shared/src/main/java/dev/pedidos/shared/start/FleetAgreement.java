package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.DatabaseRefused;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.fleet.Fleet;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agreement of a fleet's programs in the database: the owner of the ledger, the number of shards. That number is followed when it
 * changes.
 */
final class FleetAgreement {

    private static final Logger LOG = LoggerFactory.getLogger(FleetAgreement.class);
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(10);
    /** So long the number of shards is known after a look. Longer than a start takes from its look to its declaration. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);
    /** So long a new connection to the broker waits for a database that may be frozen. */
    private static final Duration SHARD_LOOK = Duration.ofSeconds(2);

    private static final String CANNOT_FOLLOW =
            "cannot follow the number of shards; it is tried again in " + FOLLOW_EVERY.toSeconds() + " s";

    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final FleetConfig config;
    private final Database database;
    private final Topology names;
    private final BooleanSupplier stopping;
    private final TopologyDeclaration declaration;
    private final PeriodicTask following;
    /** Empty until the database has been reached. */
    private volatile String ledger = "";
    /** System.nanoTime() of the last look that was answered. */
    private volatile long agreedAt;

    /**
     * @param broker opens the connection for a declaration that came too early
     * @param ledgerIsUp whether the database answers and its tables have this version
     */
    FleetAgreement(
            FleetConfig config,
            Database database,
            Topology names,
            TopologyDeclaration.Opening broker,
            BooleanSupplier ledgerIsUp,
            BooleanSupplier stopping) {
        this.config = config;
        this.database = database;
        this.names = names;
        this.stopping = stopping;
        Runnable follow = () -> {
            if (ledgerIsUp.getAsBoolean()) {
                follow();
            }
        };
        var shardLook = new TimedQuestion("shard-look", follow, SHARD_LOOK);
        declaration = new TopologyDeclaration(names, () -> knowsShards(shardLook));
        following = new PeriodicTask(
                "shard-count",
                PeriodicTask.Timing.interruptedAtStop(FOLLOW_EVERY),
                () -> {
                    follow.run();
                    declaration.declareOwedShards(broker);
                    return FOLLOW_EVERY;
                },
                faults.warning(CANNOT_FOLLOW));
    }

    /** Has the topology with the number of shards that was known last. */
    TopologyDeclaration declaration() {
        return declaration;
    }

    /** The id of the ledger; empty until the database has been reached. */
    String ledger() {
        return ledger;
    }

    /** Follows the number of shards. */
    PeriodicTask following() {
        return following;
    }

    /** The number of shards may have changed. A declaration of an old one would bind shards that nobody works on. */
    private void follow() {
        try {
            tryAgree();
        } catch (DatabaseRefused e) {
            faults.warn(CANNOT_FOLLOW, e);
        }
    }

    /** Whether the number of shards is known as it is now. */
    private boolean knowsShards(TimedQuestion shardLook) {
        if (!shardLook.endsInTime()) {
            LOG.warn(
                    "the database has not said within {} s whether the number of shards has changed",
                    SHARD_LOOK.toSeconds());
        }
        return !ledger.isEmpty() && System.nanoTime() - agreedAt <= KNOWN_FOR.toNanos();
    }

    /**
     * Agrees on the number of shards.
     *
     * @return false if the database is down, or this program stops
     * @throws DatabaseRefused anything else is wrong
     */
    synchronized boolean tryAgree() {
        try {
            var fleet = new Fleet(database);
            int shards = fleet.agreeOnShards(config.shards());
            useShards(shards);
            agreedAt = System.nanoTime();
            learnLedger(fleet);
            return true;
        } catch (RuntimeException e) {
            if (stopping.getAsBoolean()) {
                return false;
            }
            if (LedgerFault.isOutage(e)) {
                faults.warn("the settings of the fleet cannot be read yet: the database is down", e);
                return false;
            }
            throw new DatabaseRefused(
                    RootLocale.format(
                            "The database at %s cannot be used: %s",
                            config.database().currentPrograms().get(), e.getMessage()),
                    e);
        }
    }

    private void learnLedger(Fleet fleet) {
        if (ledger.isEmpty()) {
            var whose = fleet.ledger();
            declaration.markAs(whose);
            ledger = whose.id();
        }
    }

    private void useShards(int shards) {
        if (declaration.topology().shards() != shards) {
            declaration.extendTo(names.withShards(shards));
            LOG.info("the fleet uses {} shards", shards);
        }
    }
}
