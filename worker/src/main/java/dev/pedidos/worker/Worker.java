package dev.pedidos.worker;

import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.broker.BrokerLink;
import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.TopologyMismatch;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Fleet;
import dev.pedidos.shared.ledger.LifeLine;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.ledger.RelayLedger;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.InvalidConfig;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.Logging;
import dev.pedidos.shared.runtime.ProbeServer;
import dev.pedidos.shared.runtime.Probes;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.worker.fleet.Shards;
import dev.pedidos.worker.process.DatabaseBreaker;
import dev.pedidos.worker.process.Handlers;
import dev.pedidos.worker.process.Processing;
import dev.pedidos.worker.settle.Settlement;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The worker program. */
public final class Worker {

    /** The life line, the probe, the marks of what was published. */
    private static final int SPARE_CONNECTIONS = 4;

    private static final int MOST_UNCONFIRMED = 1_000;

    private Worker() {}

    public static void main(String[] args) throws Exception {
        try {
            run();
        } catch (InvalidConfig | TopologyMismatch e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run() throws Exception {
        var env = Env.ofProcess();
        Logging.configure(env);
        var config = WorkerConfig.from(env);
        env.check();
        var log = LoggerFactory.getLogger(Worker.class);
        var lifecycle = new Lifecycle(config.fleet().drain());
        lifecycle.stopOnSignal();
        var telemetry = new Telemetry();
        lifecycle.onStop("telemetry", telemetry::close);

        Migrations.run(config.fleet().databaseAdmin(), config.fleet().database());
        var database = new Database("worker", config.fleet().database(), SPARE_CONNECTIONS, telemetry.registry());
        lifecycle.onStop("database", database::close);
        var fleet = new Fleet(database);
        int shards = fleet.agreeOnShards(config.fleet().shards());
        database.allowConnections(shards + SPARE_CONNECTIONS);
        var handlers = Handlers.load(config.plugins(), config.simulado());
        fleet.registerTipos(handlers.tipos());

        var ladder =
                RetryLadder.doubling(config.fleet().retryBase(), config.fleet().retryMax());
        var topology = new Topology(config.fleet().prefix(), shards, ladder);
        var declaration = new TopologyDeclaration(topology);
        var connections = new AmqpConnections(config.fleet().amqpUri());
        declaration.declareAtStart(connections);

        var publisher = new ConfirmedPublisher("worker", MOST_UNCONFIRMED);
        lifecycle.onStop("publisher", publisher::close);
        var publishing = new BrokerLink("worker-publish", connections, List.of(publisher));
        lifecycle.onStop("publishing connection", publishing::close);
        publishing.start();

        var lifeLine = new LifeLine(database);
        lifecycle.onStop("life line", lifeLine::close);
        lifeLine.start();
        var breaker = new DatabaseBreaker(database, telemetry.registry());
        lifecycle.onStop("database breaker", breaker::close);
        var settlement = new Settlement(
                publisher,
                new Messages(topology),
                new RelayLedger(database, config.fleet().signOfLife()));
        var policy = new Processing.Policy(
                ladder,
                config.maxTentativas(),
                config.handlerLimit(),
                tipo -> config.fleet().onDeadLetter().is("hold", tipo),
                config.fleet().signOfLife());
        var processing =
                new Processing(lifeLine.name(), database, breaker, handlers, policy, settlement, telemetry.registry());
        var consumers = Shards.consumers(topology, config.prefetch(), processing::ofShard);
        breaker.watch(Shards.pausable(consumers));
        var consuming = new BrokerLink("worker-consume", connections, List.of(declaration, consumers));
        lifecycle.onStop("consuming connection", consuming::close);
        lifecycle.onStop("consumers", consumers::stop);
        lifecycle.onStop("waiting", processing::announceStop);
        consuming.start();

        var probes = new ProbeServer(config.port(), new Probes(database::isUp, consuming::isUp), telemetry);
        lifecycle.onStop("probes", probes::close);
        log.info("worker started: shards={} tipos={} health_port={}", shards, handlers.tipos(), probes.port());
        lifecycle.awaitStop();
    }
}
