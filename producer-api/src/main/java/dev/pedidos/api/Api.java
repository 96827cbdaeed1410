package dev.pedidos.api;

import dev.pedidos.api.acceptance.AcceptanceMetrics;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.NoteWriter;
import dev.pedidos.api.acceptance.PublishedMarks;
import dev.pedidos.api.acceptance.Publishing;
import dev.pedidos.api.acceptance.Relay;
import dev.pedidos.api.acceptance.RelayLoop;
import dev.pedidos.api.estoque.EstoqueRoutes;
import dev.pedidos.api.http.Door;
import dev.pedidos.api.http.Reads;
import dev.pedidos.api.intake.KnownTipos;
import dev.pedidos.api.intake.OrderReader;
import dev.pedidos.api.intake.PostPedido;
import dev.pedidos.api.operate.DlqRoutes;
import dev.pedidos.api.operate.LetterSweep;
import dev.pedidos.api.operate.OperatorSignals;
import dev.pedidos.api.operate.ProbeRoutes;
import dev.pedidos.api.operate.ReceiverRoutes;
import dev.pedidos.api.operate.Redriver;
import dev.pedidos.api.status.PedidoRoutes;
import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.broker.BrokerLink;
import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.TopologyDeclaration;
import dev.pedidos.shared.broker.TopologyMismatch;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.DeadLetterReads;
import dev.pedidos.shared.ledger.DeadLetters;
import dev.pedidos.shared.ledger.EstoqueLedger;
import dev.pedidos.shared.ledger.Fleet;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.ledger.Notes;
import dev.pedidos.shared.ledger.PedidoReads;
import dev.pedidos.shared.ledger.Redrives;
import dev.pedidos.shared.ledger.RelayLedger;
import dev.pedidos.shared.ledger.StaleLetters;
import dev.pedidos.shared.ledger.TipoRegistry;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.InvalidConfig;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.Logging;
import dev.pedidos.shared.runtime.Probes;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.slf4j.LoggerFactory;

/** The producer program. */
public final class Api {
    private static final int READS_AT_ONCE = 6;
    /** Two write notes, one each marks, relays and probes. */
    private static final int OTHER_CONNECTIONS = 6;

    private static final int MOST_UNCONFIRMED = 20_000;
    /** Beyond the wait for a confirm, with room for a slow commit. */
    private static final Duration RELAY_GRACE = Duration.ofSeconds(15);

    private Api() {}

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
        var config = ApiConfig.from(env);
        env.check();
        var lifecycle = new Lifecycle(config.fleet().drain());
        lifecycle.stopOnSignal();
        var telemetry = new Telemetry();
        lifecycle.onStop("telemetry", telemetry::close);

        Migrations.run(config.fleet().databaseAdmin(), config.fleet().database());
        var database =
                new Database("api", config.fleet().database(), READS_AT_ONCE + OTHER_CONNECTIONS, telemetry.registry());
        lifecycle.onStop("database", database::close);
        int shards = new Fleet(database).agreeOnShards(config.fleet().shards());

        var ladder =
                RetryLadder.doubling(config.fleet().retryBase(), config.fleet().retryMax());
        var topology = new Topology(config.fleet().prefix(), shards, ladder);
        var declaration = new TopologyDeclaration(topology);
        var connections = new AmqpConnections(config.fleet().amqpUri());
        declaration.declareAtStart(connections);
        var publisher = new ConfirmedPublisher("api", MOST_UNCONFIRMED);
        lifecycle.onStop("publisher", publisher::close);
        var publishLink = new BrokerLink("api-publish", connections, List.of(declaration, publisher));
        lifecycle.onStop("publishing connection", publishLink::close);
        publishLink.start();

        var metrics = new AcceptanceMetrics(telemetry.registry());
        var messages = new Messages(topology);
        var relayLedger = new RelayLedger(database, config.fleet().signOfLife());
        var relay = new RelayLoop(
                new Relay(relayLedger, publisher::publish, messages, metrics),
                () -> database.isUp() && publisher.isUp());
        lifecycle.onStop("relay", relay::close);
        relay.start();
        var marks = new PublishedMarks(relayLedger::mark, metrics);
        lifecycle.onStop("published marks", marks::close);
        marks.start();
        var publishing = new Publishing(publisher::publish, messages, marks, metrics);
        lifecycle.onStop("publishing", publishing::close);
        var notes =
                new NoteWriter(new Notes(database, RELAY_GRACE)::note, database::isUp, publishing::publish, metrics);
        lifecycle.onStop("notes", notes::close);
        notes.start();
        var acceptor =
                new Acceptor(notes, metrics, tipo -> config.fleet().ordering().is("receiver", tipo), config.inFlight());

        var reads = new Reads(READS_AT_ONCE);
        var registry = new TipoRegistry(database);
        var orders = new OrderReader(new KnownTipos(() -> reads.run(registry::registered), System::nanoTime));
        var signals = new OperatorSignals(telemetry.registry());
        var letters = new DeadLetterReads(database);
        var deadLetters = new DeadLetters(database);
        var redrives = new Redrives(database);
        var redriver = new Redriver(redrives, signals, database::isUp);
        lifecycle.onStop("redriver", redriver::close);
        redriver.start();
        var sweep = new LetterSweep(
                new DeadLetterQueue(connections, topology),
                new StaleLetters(database),
                letters,
                signals,
                () -> database.isUp() && publisher.isUp());
        lifecycle.onStop("letter sweep", sweep::close);
        sweep.start();
        var door = new Door(
                config.host(), config.port(), Api::bodyLimit, config.fleet().drain(), telemetry.registry());
        lifecycle.onStop("door", door::close);
        door.open(List.of(
                new PostPedido(orders, acceptor, door.threads()),
                new PedidoRoutes(new PedidoReads(database), reads),
                new EstoqueRoutes(new EstoqueLedger(database), reads),
                new DlqRoutes(letters, deadLetters, redrives, reads, signals),
                new ReceiverRoutes(letters, deadLetters, reads, signals),
                new ProbeRoutes(new Probes(database::isUp, publisher::isUp), telemetry)));
        LoggerFactory.getLogger(Api.class)
                .info("api started: address={}:{} shards={}", config.host(), door.port(), shards);
        lifecycle.awaitStop();
    }

    private static int bodyLimit(Request request) {
        return "/estoque".equals(Request.getPathInContext(request)) ? Limits.BATCH_BODY_BYTES : Limits.BODY_BYTES;
    }
}
