package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.deadletter.DlqSnapshot;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.stores.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A system with a new database and vhost, and the programs that a test starts. */
public final class TestSystem implements AutoCloseable {

    static {
        // Of a machine that others use as well.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(3));
    }

    /** Unless the settings say otherwise. Each shard costs the broker a queue and each worker a channel. */
    public static final int SHARDS = 4;

    /** Sessions that wait for a lock. Other systems use the same server. */
    public static final String WAITS = "select count(*) from pg_stat_activity"
            + " where wait_event_type = 'Lock' and datname = current_database()";

    /** For a program that does not bring back what a test takes away. */
    public static final Map<String, String> DECLARING_NOTHING = Map.of("PEDIDOS_DECLARE", "off");

    private final Stores stores;
    private final Map<String, String> environment;
    private final Map<String, Path> inFront;
    private final Consumer<Stores> closeStores;
    private final List<TestProgram> programs = new ArrayList<>();
    private final List<PostgresProxy> proxies = new ArrayList<>();
    private final Database ledger;

    private TestSystem(
            Stores stores, Map<String, String> settings, Map<String, Path> inFront, Consumer<Stores> closeStores) {
        this.stores = stores;
        this.inFront = inFront;
        this.closeStores = closeStores;
        this.environment = new HashMap<>();
        environment.put("PEDIDOS_SHARDS", Integer.toString(SHARDS));
        environment.put("PEDIDOS_RETRY_MAX_MS", Long.toString(longestDelay(settings)));
        // A busy machine drains slowly.
        environment.put("PEDIDOS_DRAIN_MS", "60000");
        environment.putAll(settings);
        environment.put("AMQP_URI", stores.amqpUri());
        environment.put("DATABASE_URL", stores.databaseUrl());
        environment.put("PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl());
        stores.prefix().ifPresent(prefix -> environment.put("PEDIDOS_PREFIX", prefix));
        ledger = new Database("e2e", () -> DatabaseUrl.parse(stores.databaseAdminUrl()), 4, new SimpleMeterRegistry());
    }

    /** The delay after the last but one of five attempts: each longer one costs the broker a queue. */
    private static long longestDelay(Map<String, String> settings) {
        return Math.min(600_000, 8 * Long.parseLong(settings.getOrDefault("PEDIDOS_RETRY_BASE_MS", "1000")));
    }

    /** @param settings for every program */
    public static TestSystem start(String name, Map<String, String> settings) throws IOException, InterruptedException {
        return altered(name, settings, Map.of());
    }

    /** On these stores, which are closed with the system. */
    public static TestSystem on(Stores stores, Map<String, String> settings) {
        return new TestSystem(stores, settings, Map.of(), Stores::close);
    }

    /** @param inFront by program, worker or producer-api: classes and resources that replace its own */
    public static TestSystem altered(String name, Map<String, String> settings, Map<String, Path> inFront)
            throws IOException, InterruptedException {
        return new TestSystem(TestStores.withTables(name), settings, inFront, TestStores::drop);
    }

    public TestProgram api() throws IOException {
        return api(Map.of());
    }

    /** @param settings for this one, besides those for all */
    public TestProgram api(Map<String, String> settings) throws IOException {
        return apiBegun(settings).awaitReady();
    }

    /** An API that inserts new pedidos into the ledger before it publishes them. */
    public TestProgram apiByLedger() throws IOException {
        var api = api();
        new Client(api).awaitLedgerPath();
        return api;
    }

    public TestProgram worker() throws IOException {
        return worker(Map.of());
    }

    /** @param settings for this one, besides those for all */
    public TestProgram worker(Map<String, String> settings) throws IOException {
        return workerBegun(settings).awaitReady();
    }

    /** Workers that start at the same time. */
    public List<TestProgram> workers(int number) throws IOException {
        List<TestProgram> workers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            workers.add(workerBegun(Map.of()));
        }
        workers.forEach(TestProgram::awaitReady);
        return workers;
    }

    /** A worker that reaches its database through this proxy. */
    public TestProgram workerBehind(PostgresProxy database) throws IOException {
        return worker(Map.of("DATABASE_URL", database.uri()));
    }

    /** A worker that may end before it is ready. */
    public TestProgram shortLivedWorker() throws IOException {
        return workerBegun(Map.of());
    }

    /** An API that cannot be ready yet. */
    public TestProgram apiBegun(Map<String, String> settings) throws IOException {
        return begun("producer-api", "PEDIDOS_API_PORT", settings, List.of());
    }

    /** A worker that cannot be ready yet. */
    public TestProgram workerBegun(Map<String, String> settings) throws IOException {
        return begun("worker", "PEDIDOS_WORKER_PORT", settings, List.of());
    }

    /** With this heap, for example {@code 256m}. */
    public TestProgram apiWithHeap(String heap, Map<String, String> settings) throws IOException {
        return begun("producer-api", "PEDIDOS_API_PORT", settings, List.of("-Xmx" + heap))
                .awaitReady();
    }

    /** With this heap, for example {@code 256m}. */
    public TestProgram workerWithHeap(String heap) throws IOException {
        return begun("worker", "PEDIDOS_WORKER_PORT", Map.of(), List.of("-Xmx" + heap))
                .awaitReady();
    }

    private TestProgram begun(String module, String portSetting, Map<String, String> settings, List<String> flags)
            throws IOException {
        var all = new HashMap<>(environment);
        all.putAll(settings);
        var altered = Optional.ofNullable(inFront.get(module));
        List<String> allFlags = new ArrayList<>(flags);
        if (altered.isEmpty()) {
            allFlags.addAll(ClassArchive.flags(module));
        }
        var program = TestProgram.start(module, portSetting, all, altered, allFlags);
        programs.add(program);
        return program;
    }

    /** In front of the database, for a program that is given its address; closed with the system. */
    public PostgresProxy databaseProxy() throws IOException {
        var proxy = new PostgresProxy(stores.databaseUrl());
        proxies.add(proxy);
        return proxy;
    }

    /** A connection of the test's own to the broker. */
    public TestBroker broker() throws Exception {
        return new TestBroker(this);
    }

    /** Declares what the programs would declare, for programs that have {@link #DECLARING_NOTHING}. */
    public Topology declareTopology() throws InterruptedException {
        var connections = new AmqpConnections(stores.amqpUri());
        var topology = FleetConfig.topology(new Env(environment));
        new TopologyDeclaration(topology).declareAtStart(() -> connections.open("topology"));
        return topology;
    }

    /** Creates the tables before any program does. */
    public void migrate() {
        Migrations.tryMigrate(DatabaseUrl.parse(stores.databaseAdminUrl()), DatabaseUrl.parse(stores.databaseUrl()));
    }

    /** As if an API's time for its confirm had passed: the relay publishes pedidos that are not published. */
    public void passTimeForConfirms() {
        alter("update pedidos set relay_at = relay_at - interval '16 seconds' where not published");
    }

    /** As the owner of the tables, for changes that no program makes. */
    public void alter(String statement) {
        ledger.jdbi().useHandle(handle -> handle.execute(statement));
    }

    /** The next attempt of a pedido is due at once; waits until so many attempts have failed. */
    public void hasten(String pedidoId, int failed) {
        String isIt = " where pedido_id = '" + pedidoId + "'";
        awaitCount(
                "select count(*) from pedidos" + isIt + " and status = 'RETRYING' and published and tentativas = "
                        + failed,
                1);
        alter("update pedidos set proxima_tentativa_em = now(), relay_at = now()" + isIt);
    }

    public Stores stores() {
        return stores;
    }

    /** No pedido of this receiver takes effect until the session is closed: it has the receiver's lock. */
    public Connection holdReceiver(String recebedorId) throws SQLException {
        var session = owner();
        try (var lock = session.prepareStatement("select pg_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, recebedorId);
            lock.execute();
        }
        return session;
    }

    /** While this is open no API looks through the dead letters: those that it held are about to be back in their queue. */
    public DlqSnapshot withoutSweeps() {
        return Awaitility.await("no sweep")
                .until(() -> DlqSnapshot.tryBegin(ledger), Optional::isPresent)
                .orElseThrow();
    }

    /** While this is open no API takes from the open queue. */
    public IntakeTransaction withoutIntake() {
        var inserts = new PedidoInserts(ledger, Duration.ZERO, place -> {});
        return Awaitility.await("no intake")
                .until(() -> IntakeTransaction.tryBegin(ledger, inserts), Optional::isPresent)
                .orElseThrow();
    }

    /** A session of the role that owns the tables. */
    public Connection owner() throws SQLException {
        return Ledger.connect(DatabaseUrl.parse(stores.databaseAdminUrl()));
    }

    /** The ledger as its owner. */
    public Database ledger() {
        return ledger;
    }

    public long count(String query) {
        return one(query, Long.class);
    }

    public String text(String query) {
        return one(query, String.class);
    }

    private <T> T one(String query, Class<T> type) {
        return ledger.jdbi()
                .withHandle(handle -> handle.createQuery(query).mapTo(type).one());
    }

    /** Waits until there is one row, and it has this value. */
    public void awaitCount(String query, long expected) {
        Awaitility.await(query)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(values(query)).containsExactly(expected));
    }

    private List<Long> values(String query) {
        return ledger.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).list());
    }

    @Override
    public void close() {
        programs.forEach(TestProgram::close);
        proxies.forEach(PostgresProxy::close);
        ledger.close();
        closeStores.accept(stores);
    }
}
