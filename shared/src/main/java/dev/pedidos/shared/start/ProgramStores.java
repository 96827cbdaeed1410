package dev.pedidos.shared.start;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.Redeclaration;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.broker.connection.BrokerLink;
import dev.pedidos.shared.broker.connection.ConnectionUser;
import dev.pedidos.shared.broker.message.OtherLedgers;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.DatabaseRefused;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of a program, and the links to the broker. If a store is down it waits, in the background if the program can begin
 * without it. Any other problem ends the program, but a fault that may pass after it has begun to wait.
 */
public final class ProgramStores {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramStores.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Longer than it takes to find a database down, and than a usual change of the tables. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final String program;
    private final FirstLook look;
    private final Lifecycle lifecycle;
    private final Database database;
    private final AmqpConnections connections;
    private final Topology names;
    private final FleetAgreement agreement;
    private final Redeclaration redeclaration;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean ledgerIsReady;
    private volatile @Nullable BrokerLink brokerWhileWaiting;

    private ProgramStores(String program, FirstLook look, int most, MeterRegistry metrics, Lifecycle lifecycle) {
        this.program = program;
        this.look = look;
        this.lifecycle = lifecycle;
        var config = look.config();
        database = new Database(program, config.database().currentPrograms(), most, metrics);
        connections = look.connections();
        names = Topology.withoutShards(config.broker().prefix(), config.ladder());
        agreement = new FleetAgreement(config, database, names, look.broker(), this::ledgerIsUp, this::isStopping);
        redeclaration = new Redeclaration(() -> declaration().declareAgain(look.broker()));
        if (!config.broker().declares()) {
            agreement.declaration().checkOnly();
        }
    }

    /**
     * Opens the pool of the database and follows the number of shards. No work is done with a store yet.
     *
     * @param most connections to the database
     */
    public static ProgramStores open(
            String program, FirstLook look, int most, MeterRegistry metrics, Lifecycle lifecycle) {
        var stores = new ProgramStores(program, look, most, metrics, lifecycle);
        stores.open();
        return stores;
    }

    private void open() {
        database.refuseUntilTables();
        lifecycle.onStop("database", database::close);
        lifecycle.onStop("first connection", look.broker()::close);
        lifecycle.onStop("start", stopping::countDown);
        lifecycle.run("shard-count", agreement.following());
    }

    public Database database() {
        return database;
    }

    /** True if the database answers and its tables have this version. */
    public boolean ledgerIsUp() {
        return ledgerIsReady && database.isUp();
    }

    /** True if the broker takes a connection, while {@link #awaitStores} waits for the database. */
    public boolean brokerIsUpMeanwhile() {
        var link = brokerWhileWaiting;
        return link != null && link.isUp();
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
        return new OtherLedgers(agreement::ledger);
    }

    /** For code that opens connections of its own. */
    public AmqpConnections connections() {
        return connections;
    }

    public TopologyDeclaration declaration() {
        return agreement.declaration();
    }

    /** A queue or a binding is missing. */
    public void declareAgain() {
        redeclaration.request();
    }

    /** A publisher on a connection of its own; declares the topology if the settings ask for it. */
    public ConfirmedPublisher publisher(int mostUnconfirmed) {
        var publisher = new ConfirmedPublisher(
                program,
                mostUnconfirmed,
                MemoryBudget.ofThisProcess().unconfirmed(),
                agreement::ledger,
                this::declareAgain);
        lifecycle.onStop("publisher", publisher::close);
        link("publish", List.of(declaration(), publisher));
        return publisher;
    }

    /** A connection to the broker that is opened again after it is lost. */
    public BrokerLink link(String purpose, List<ConnectionUser> users) {
        return link(purpose, connections, users);
    }

    /** As {@link #link}, for users that hold deliveries which others wait for. */
    public BrokerLink consumingLink(String purpose, List<ConnectionUser> users) {
        return link(purpose, connections.forConsuming(), users);
    }

    private BrokerLink link(String purpose, AmqpConnections to, List<ConnectionUser> users) {
        var link = new BrokerLink(program + "-" + purpose, to, users);
        lifecycle.onStop(purpose + " connection", link::close);
        link.start();
        return link;
    }

    /**
     * Waits for both stores.
     *
     * @return the topology with the number of shards that the fleet has agreed on
     */
    public Topology awaitStores() throws InterruptedException {
        boolean agreed = look.endsWithin(FIRST_LOOK) && tryAgree();
        if (!agreed) {
            awaitLedger();
        }
        ledgerIsReady = true;
        declaration().declareAtStart(look.broker());
        var topology = declaration().topology();
        connections.requireChannels(topology.shards());
        return topology;
    }

    private void awaitLedger() throws InterruptedException {
        try (var link = new BrokerLink(program + "-wait", connections, List.of())) {
            link.start();
            brokerWhileWaiting = link;
            do {
                if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("stopped while waiting for the database");
                }
            } while (!tryAgreeAgain());
        }
    }

    /**
     * Looks for both stores in bounded time; goes on asking for the database in the background.
     *
     * @return true if both were reached
     */
    public boolean useStoresThatAnswer() throws InterruptedException {
        boolean looked = look.endsWithin(FIRST_LOOK);
        if (!looked) {
            LOG.warn(
                    "it is not known after {} s whether the tables are of this version: they are being changed, or the"
                            + " database does not answer. This program starts without the database and uses it when its tables"
                            + " are ready",
                    FIRST_LOOK.toSeconds());
        }
        boolean agreed = looked && tryAgree();
        boolean declared = declaration().tryDeclare(look.broker());
        ledgerIsReady = agreed;
        if (!agreed) {
            Thread.ofPlatform().name("start").daemon().start(this::keepTryingToAgree);
        }
        return agreed && declared;
    }

    private void keepTryingToAgree() {
        try {
            while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (tryAgreeAgain()) {
                    declaration().tryDeclare(look.broker());
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

    private boolean tryAgree() throws InterruptedException {
        if (!look.tablesAreReady()) {
            return false;
        }
        database.expectTables();
        return agreement.tryAgree();
    }

    /** As {@link #tryAgree}, for a program that waits already: what it waits for may come back with another password. */
    private boolean tryAgreeAgain() throws InterruptedException {
        try {
            return tryAgree();
        } catch (DatabaseRefused e) {
            if (!e.mayPass()) {
                throw e;
            }
            faults.warn("the database cannot be used yet; it is tried again", e);
            return false;
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
