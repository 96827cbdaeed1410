package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.broker.BrokerLink;
import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.OtherLedgers;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.DatabaseRefused;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.fleet.Fleet;
import dev.pedidos.shared.runtime.FleetConfig;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of a program, and the settings that its fleet has agreed on. If a store is down it waits, in the
 * background if the program can begin without it. Any other problem ends the program.
 */
public final class ProgramStores {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramStores.class);
    /** Besides one channel for each shard: one to declare, and channels for shards that are being drained. */
    private static final int OTHER_CHANNELS = 3;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Longer than it takes to find a database down, and than a usual change of the tables. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);
    /** A connection that is opened while the database is down declares the shards that were known last. */
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(10);
    /** So long a new connection to the broker waits for a database that may be frozen. */
    private static final Duration SHARD_LOOK = Duration.ofSeconds(2);

    private final FaultLog faults = new FaultLog(LOG);
    private final String program;
    private final FirstLook look;
    private final FleetConfig config;
    private final Lifecycle lifecycle;
    private final Database database;
    private final AmqpConnections connections;
    private final Topology names;
    private final TopologyDeclaration declaration;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean ledgerIsReady;
    /** Empty until the database has been reached. */
    private volatile String ledger = "";

    /** @param most connections to the database */
    public ProgramStores(String program, FirstLook look, int most, MeterRegistry metrics, Lifecycle lifecycle) {
        this.program = program;
        this.look = look;
        this.config = look.config();
        this.lifecycle = lifecycle;
        database = new Database(program, config.currentDatabase(), most, metrics);
        database.refuseUntilTables();
        lifecycle.onStop("database", database::close);
        connections = look.connections();
        lifecycle.onStop("first connection", look.broker()::close);
        names = Topology.withoutShards(config.prefix(), RetryLadder.doubling(config.retryBase(), config.retryMax()));
        var shardLook = new BriefLook("shard-look", this::followShards, SHARD_LOOK);
        declaration = new TopologyDeclaration(names, () -> followBriefly(shardLook));
        if (!config.declares()) {
            declaration.checkOnly();
        }
        lifecycle.onStop("start", stopping::countDown);
        var following = new PeriodicTask(
                "shard-count",
                PeriodicTask.Timing.interruptedAtStop(FOLLOW_EVERY),
                () -> {
                    followShards();
                    return FOLLOW_EVERY;
                },
                faults.warning("the number of shards cannot be read"));
        lifecycle.onStop("shard-count", following::close);
        following.start();
    }

    public Database database() {
        return database;
    }

    /** True if the database answers and its tables have this version. */
    public boolean ledgerIsUp() {
        return ledgerIsReady && database.isUp();
    }

    /** For callers that must not wait for a database that is down. */
    public <T> T whileLedgerIsUp(Callable<T> work) throws Exception {
        if (!ledgerIsUp()) {
            throw new IOException("the database is down");
        }
        return work.call();
    }

    /** Gives every name; the number of shards is known later. */
    public Topology names() {
        return names;
    }

    public OtherLedgers otherLedgers() {
        return new OtherLedgers(() -> ledger);
    }

    /** For code that opens connections of its own. */
    public AmqpConnections connections() {
        return connections;
    }

    public TopologyDeclaration declaration() {
        return declaration;
    }

    /** The number of shards may have changed. A declaration of an old one would bind shards that nobody works on. */
    private void followShards() {
        try {
            if (ledgerIsUp()) {
                agreedOnShards(Map.of());
            }
        } catch (DatabaseRefused e) {
            faults.warn(
                    "cannot read whether the number of shards has changed; it is read again in "
                            + FOLLOW_EVERY.toSeconds() + " s",
                    e);
        }
    }

    private static void followBriefly(BriefLook shardLook) {
        if (!shardLook.endsInTime()) {
            LOG.warn(
                    "the database has not said within {} s whether the number of shards has changed; the shards that were"
                            + " known last are declared",
                    SHARD_LOOK.toSeconds());
        }
    }

    /** A publisher on a connection of its own; declares the topology if the settings ask for it. */
    public ConfirmedPublisher publisher(int mostUnconfirmed) {
        var publisher = new ConfirmedPublisher(
                program, mostUnconfirmed, MemoryBudget.ofThisProcess().unconfirmed(), () -> ledger);
        lifecycle.onStop("publisher", publisher::close);
        link("publish", List.of(declaration, publisher));
        return publisher;
    }

    /** A connection to the broker that is opened again after it is lost. */
    public BrokerLink link(String purpose, List<BrokerLink.Tenant> tenants) {
        return link(purpose, connections, tenants);
    }

    /** As {@link #link}, for tenants that hold deliveries which others wait for. */
    public BrokerLink consumingLink(String purpose, List<BrokerLink.Tenant> tenants) {
        return link(purpose, connections.forConsuming(), tenants);
    }

    /** As {@link #link}, for consumers whose shards other programs take over. */
    public BrokerLink consumingLink(List<BrokerLink.Tenant> tenants) {
        return consumingLink("consume", tenants);
    }

    private BrokerLink link(String purpose, AmqpConnections to, List<BrokerLink.Tenant> tenants) {
        var link = new BrokerLink(program + "-" + purpose, to, tenants);
        lifecycle.onStop(purpose + " connection", link::close);
        link.start();
        return link;
    }

    /**
     * Waits for both stores.
     *
     * @param tipos registered for the APIs, which accept them; with each, whether this program can undo a COMPLETED pedido of it
     * @return the topology with the number of shards that the fleet has agreed on
     */
    public Topology awaitStores(Map<String, Boolean> tipos) throws InterruptedException {
        while (!agreed(tipos)) {
            if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("stopped while waiting for the database");
            }
        }
        declaration.declareAtStart(look.broker());
        connections.requireChannels(declaration.topology().shards() + OTHER_CHANNELS);
        ledgerIsReady = true;
        return declaration.topology();
    }

    /**
     * Uses the stores that can be reached now, in bounded time; goes on asking for the database in the background.
     *
     * @return true if both were reached
     */
    public boolean begin() throws InterruptedException {
        boolean looked = look.endsWithin(FIRST_LOOK);
        if (!looked) {
            LOG.warn(
                    "it is not known after {} s whether the tables are of this version: they are being changed, or the"
                            + " database does not answer. This program begins without the database, and uses it as soon as"
                            + " they are",
                    FIRST_LOOK.toSeconds());
        }
        boolean agreed = looked && agreed(Map.of());
        boolean declared = declaration.tryDeclare(look.broker());
        ledgerIsReady = agreed;
        if (!agreed) {
            Thread.ofPlatform().name("start").daemon().start(this::agreeLater);
        }
        return agreed && declared;
    }

    private void agreeLater() {
        try {
            while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (agreed(Map.of())) {
                    declaration.tryDeclare(look.broker());
                    ledgerIsReady = true;
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            ProgramMain.end(e);
        }
    }

    private boolean agreed(Map<String, Boolean> tipos) throws InterruptedException {
        if (!look.tablesAreReady()) {
            return false;
        }
        database.expectTables();
        return agreedOnShards(tipos);
    }

    private synchronized boolean agreedOnShards(Map<String, Boolean> tipos) {
        try {
            var fleet = new Fleet(database);
            int shards = fleet.agreeOnShards(config.shards());
            fleet.registerTipos(tipos);
            if (ledger.isEmpty()) {
                var whose = fleet.ledger();
                declaration.markAs(whose);
                ledger = whose.id();
            }
            if (declaration.topology().shards() != shards) {
                declaration.extendTo(names.withShards(shards));
                LOG.info("the fleet uses {} shards", shards);
            }
            return true;
        } catch (RuntimeException e) {
            if (isStopping()) {
                return false;
            }
            if (LedgerFault.isOutage(e)) {
                faults.warn("the settings of the fleet cannot be read yet: the database is down", e);
                return false;
            }
            throw new DatabaseRefused(
                    RootLocale.format(
                            "The database at %s cannot be used, nothing was started: %s",
                            config.database(), e.getMessage()),
                    e);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
