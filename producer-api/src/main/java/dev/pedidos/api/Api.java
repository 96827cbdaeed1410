package dev.pedidos.api;

import dev.pedidos.api.acceptance.AcceptanceClock;
import dev.pedidos.api.acceptance.AcceptanceMetrics;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.Gate;
import dev.pedidos.api.acceptance.NoteWriter;
import dev.pedidos.api.acceptance.PublishedMarks;
import dev.pedidos.api.acceptance.Publishing;
import dev.pedidos.api.acceptance.Relay;
import dev.pedidos.api.acceptance.RelayLoop;
import dev.pedidos.api.acceptance.Unnoted;
import dev.pedidos.api.estoque.EstoqueRoutes;
import dev.pedidos.api.http.BodyKind;
import dev.pedidos.api.http.HttpServer;
import dev.pedidos.api.http.Lanes;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.RequestPath;
import dev.pedidos.api.intake.KnownTipos;
import dev.pedidos.api.intake.PedidoRequestReader;
import dev.pedidos.api.intake.PostPedido;
import dev.pedidos.api.operate.DlqRoutes;
import dev.pedidos.api.operate.FleetWatch;
import dev.pedidos.api.operate.LetterAuditor;
import dev.pedidos.api.operate.LetterSweep;
import dev.pedidos.api.operate.OperatorSignals;
import dev.pedidos.api.operate.ProbeRoutes;
import dev.pedidos.api.operate.ReceiverRoutes;
import dev.pedidos.api.operate.Redriver;
import dev.pedidos.api.operate.WorkerRoutes;
import dev.pedidos.api.status.PedidoRoutes;
import dev.pedidos.shared.broker.Backlogs;
import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.accept.TipoRegistry;
import dev.pedidos.shared.ledger.deadletter.DeadLetterReads;
import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import dev.pedidos.shared.ledger.fleet.FleetReads;
import dev.pedidos.shared.ledger.read.EstoqueLedger;
import dev.pedidos.shared.ledger.read.PedidoReads;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.Logging;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.Probes;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.runtime.WallClock;
import dev.pedidos.shared.start.ProgramMain;
import dev.pedidos.shared.start.ProgramStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;
import org.slf4j.LoggerFactory;

/** The producer program. */
public final class Api {
    /** Two write notes, one each marks, relays, takes from queues, reads tipos and probes. */
    private static final int OTHER_CONNECTIONS = 9;

    private static final int MOST_UNCONFIRMED = 20_000;
    /** Beyond the wait for a confirm, with room for a slow commit. */
    private static final Duration RELAY_GRACE = Duration.ofSeconds(15);

    /** So that what is known is answered as such from the first request on. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(3);

    private Api() {}

    public static void main(String[] args) {
        ProgramMain.run(Api::run);
    }

    private static void run() throws Exception {
        var env = Env.ofProcess();
        Logging.configure(env);
        var config = ApiConfig.from(env);
        env.check();
        var lifecycle = new Lifecycle(config.fleet().drain(), config.fleet().readyDelay());
        lifecycle.stopOnSignal();
        var telemetry = new Telemetry();
        lifecycle.onStop("telemetry", telemetry::close);

        var start = new ProgramStores(
                "api", config.fleet(), Lanes.CONNECTIONS + OTHER_CONNECTIONS, telemetry.registry(), lifecycle);
        boolean bothThere = start.begin();
        var database = start.database();
        var publisher = start.publisher(MOST_UNCONFIRMED);

        var metrics = new AcceptanceMetrics(telemetry.registry());
        var memory = MemoryBudget.ofThisProcess();
        var messages = new Messages(start.names());
        var relayLedger = new RelayLedger(database, config.fleet().signOfLife());
        var relay = new RelayLoop(
                new Relay(relayLedger, publisher::publish, messages, metrics, memory.batchBytes()),
                () -> start.ledgerIsUp() && publisher.isUp());
        lifecycle.onStop("relay", relay::close);
        relay.start();
        var marks = new PublishedMarks(relayLedger::mark, metrics);
        lifecycle.onStop("published marks", marks::close);
        marks.start();
        var publishing = new Publishing(publisher::publish, messages, marks, metrics);
        lifecycle.onStop("publishing", publishing::close);
        var ledgerNotes = new PedidoInserts(database, RELAY_GRACE);
        var clock = new AcceptanceClock(System::nanoTime, WallClock::micros);
        var unnoted = new Unnoted(publisher::publish, messages, clock, metrics);
        var gate = new Gate(start::ledgerIsUp, publisher::isUp, unnoted, metrics);
        var notes = new NoteWriter(
                ledgerNotes::note, start::ledgerIsUp, publishing::publish, gate, metrics, memory.batchBytes());
        lifecycle.onStop("notes", notes::close);
        notes.start();
        lifecycle.onStop("gate", gate::close);
        gate.start(notes::add);

        Predicate<String> ordered = tipo -> config.fleet().ordering().is("receiver", tipo);
        var shared = new QueueIntakes.Shared(
                publisher::publish, messages, ledgerNotes, marks, relayLedger, gate, clock, ordered);
        QueueIntakes.start(start, config, shared, telemetry.registry(), lifecycle);

        var acceptor = new Acceptor(gate, metrics, ordered, config.inFlight());
        var registry = new TipoRegistry(database);
        var tipos = new KnownTipos(
                config.builtInTipos(),
                () -> start.whileLedgerIsUp(registry::registered),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("tipos").daemon().factory()),
                System::nanoTime);
        var signals = new OperatorSignals(telemetry.registry());
        var letters = new DeadLetterReads(database);
        var deadLetters = new DeadLetters(database);
        var redrives = new Redrives(database);
        var redriver = new Redriver(redrives, signals, start::ledgerIsUp);
        lifecycle.onStop("redriver", redriver::close);
        redriver.start();
        var backlogs = new Backlogs();
        start.link("watch", List.of(backlogs));
        var sweep = new LetterSweep(
                new LetterAuditor(
                        new DeadLetterQueue(start.connections(), start.names(), start.otherLedgers()), database),
                () -> backlogs.of(start.names().deadLetterQueue()),
                letters,
                signals,
                () -> start.ledgerIsUp() && publisher.isUp());
        lifecycle.onStop("letter sweep", sweep::close);
        sweep.start();
        var fleet = new FleetWatch(
                new FleetReads(database), backlogs, start.names(), start::ledgerIsUp, telemetry.registry());
        lifecycle.onStop("fleet watch", fleet::close);
        fleet.start();
        var probes = new Probes(start::ledgerIsUp, publisher::isUp);
        probes.watchLeaving(lifecycle::isLeaving);
        var door = new HttpServer(
                config.host(),
                config.port(),
                config.names(),
                kinds(memory),
                memory.connections(),
                config.fleet().drain(),
                telemetry.registry());
        var lanes = Lanes.of(door.threads());
        lifecycle.onStop("lanes", lanes::close);
        lifecycle.onStop("door", door::close);
        if (bothThere) {
            gate.awaitOpen(FIRST_LOOK);
        }
        door.open(List.of(
                new PostPedido(new PedidoRequestReader(), tipos, acceptor, door.threads()),
                new PedidoRoutes(
                        new PedidoReads(database, memory.batchBytes()), lanes, new LargeAnswers(memory.answers())),
                new EstoqueRoutes(new EstoqueLedger(database), lanes),
                new DlqRoutes(letters, deadLetters, redrives, lanes, signals),
                new ReceiverRoutes(letters, deadLetters, lanes, signals),
                new WorkerRoutes(fleet, lanes),
                new ProbeRoutes(probes, telemetry)));
        LoggerFactory.getLogger(Api.class).info("api started: address={}:{}", config.host(), door.port());
        lifecycle.awaitStop();
    }

    private static Function<Request, BodyKind> kinds(MemoryBudget memory) {
        var usual = new BodyKind(Limits.BODY_BYTES, memory.pedidosComing(), memory.pedidosInHand());
        var lists = new BodyKind(Limits.BATCH_BODY_BYTES, memory.listsComing(), memory.listsInHand());
        return request -> "/estoque".equals(RequestPath.of(request)) ? lists : usual;
    }
}
