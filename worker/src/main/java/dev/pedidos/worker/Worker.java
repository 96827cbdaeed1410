package dev.pedidos.worker;

import dev.pedidos.shared.broker.Appetite;
import dev.pedidos.shared.broker.Consumers;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OwnLedgerOnly;
import dev.pedidos.shared.ledger.fleet.LivenessLock;
import dev.pedidos.shared.ledger.fleet.Members;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.ledger.limit.SqlPlaces;
import dev.pedidos.shared.ledger.limit.WaitingLines;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.Logging;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.ProbeServer;
import dev.pedidos.shared.runtime.Probes;
import dev.pedidos.shared.runtime.Settings;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.start.FirstLook;
import dev.pedidos.shared.start.ProgramMain;
import dev.pedidos.shared.start.ProgramStores;
import dev.pedidos.worker.archive.Archiver;
import dev.pedidos.worker.calls.CallChain;
import dev.pedidos.worker.delivery.Processing;
import dev.pedidos.worker.despesa.AskingDespesaHandler;
import dev.pedidos.worker.despesa.DespesaHandler;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.fleet.Membership;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.limit.AnswerTimes;
import dev.pedidos.worker.limit.FleetLimits;
import dev.pedidos.worker.limit.LimitMetrics;
import dev.pedidos.worker.limit.LimitedCalls;
import dev.pedidos.worker.limit.LineCaller;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseState;
import dev.pedidos.worker.provider.Provider;
import dev.pedidos.worker.settle.AwaitingPublisher;
import dev.pedidos.worker.webhook.WebhookDelivery;
import dev.pedidos.worker.webhook.WebhookMetrics;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The worker program. */
public final class Worker {

    /** For the liveness lock, the membership, the probe, marks of published messages, archiver, webhooks, lines of limits. */
    private static final int SPARE_CONNECTIONS = 8;

    private static final int MOST_UNCONFIRMED = 1_000;

    private Worker() {}

    public static void main(String[] args) {
        ProgramMain.run(Worker::run);
    }

    private static void run() throws Exception {
        var env = Env.ofProcess();
        Logging.configure(env);
        var config = WorkerConfig.from(env);
        env.check();
        var log = LoggerFactory.getLogger(Worker.class);
        var look = FirstLook.begin(config.fleet());
        var lifecycle = new Lifecycle(config.fleet().drain(), config.fleet().readyDelay());
        lifecycle.stopOnSignal();
        var telemetry = new Telemetry();
        lifecycle.onStop("telemetry", telemetry::close);
        var handlers = Handlers.load(config.plugins(), config.simulado(), List.of(despesa(config)));

        var stores = new ProgramStores("worker", look, SPARE_CONNECTIONS, telemetry.registry(), lifecycle);
        var probes = new Probes(stores::ledgerIsUp);
        probes.watchLeaving(lifecycle::isLeaving);
        var probeServer = new ProbeServer(config.host(), config.port(), probes, telemetry);
        lifecycle.onStop("probes", probeServer::close);
        log.info("worker waits for its stores: health_port={}", probeServer.port());
        var topology = stores.awaitStores(handlers.undoable());
        var database = stores.database();
        database.allowConnections(topology.shards(), SPARE_CONNECTIONS);

        var livenessLock = new LivenessLock(database);
        lifecycle.onStop("liveness lock", livenessLock::close);
        livenessLock.start();
        var breaker = new DatabaseBreaker(new DatabaseState(database::isUp, database::answers), telemetry.registry());
        lifecycle.onStop("database breaker", breaker::close);
        var publisher = stores.publisher(MOST_UNCONFIRMED);
        var policy = new Processing.Policy(
                topology.ladder(),
                config.maxTentativas(),
                config.handlerLimit(),
                config.esperas(),
                MemoryBudget.ofThisProcess().decodedPedidos(),
                tipo -> config.fleet().onDeadLetter().is("hold", tipo));
        var marks = new RelayLedger(database, config.fleet().signOfLife());
        var limits = new FleetLimits(new LimitStore(database), livenessLock.name(), config.limites());
        var places = new SqlPlaces(database);
        var answerTimes = new AnswerTimes();
        var limitMetrics = new LimitMetrics(telemetry.registry());
        var calls = new CallChain(
                database,
                livenessLock.name(),
                config.handlerLimit(),
                (next, pedido) ->
                        new LimitedCalls(limits::of, places, answerTimes, limitMetrics, pedido.pedidoId(), next));
        lifecycle.onStop("calls", calls::close);
        var processing = new Processing(
                livenessLock.name(),
                new SqlTurns(database, config.fleet().signOfLife()),
                breaker,
                handlers,
                policy,
                calls,
                new AwaitingPublisher(publisher::publish, publisher::isConnected),
                new Messages(topology),
                marks::mark,
                telemetry.registry());
        var caller = new LineCaller(
                limits,
                new WaitingLines(database, MemoryBudget.ofThisProcess().batchBytes()),
                publisher::publish,
                new Messages(topology),
                marks::mark);
        lifecycle.onStop("caller of lines", caller::close);
        caller.start();
        // Before the consumers, so that they stop after them: what a stop has to end first is the work on deliveries.
        config.archiveAfter().ifPresent(age -> {
            var archiver = new Archiver(database, age, telemetry.registry());
            lifecycle.onStop("archiver", archiver::close);
            archiver.start();
        });

        var webhookMetrics = new WebhookMetrics(telemetry.registry());
        if (config.webhooks().isPresent()) {
            var webhooks = new WebhookDelivery(
                    database, config.webhooks().get(), topology.ladder(), MemoryBudget.ofThisProcess(), webhookMetrics);
            lifecycle.onStop("webhooks", webhooks::close);
            webhooks.start();
        }

        var consumers = new Consumers(
                shard -> new OwnLedgerOnly(stores.otherLedgers(), processing.ofShard(shard)),
                appetite(config, topology.shards()));
        var membership = new Membership(
                new Members(database),
                new Members.Identity(livenessLock.name(), livenessLock.host(), livenessLock.pid(), version()),
                topology,
                consumers,
                processing,
                shards -> database.allowConnections(shards, SPARE_CONNECTIONS),
                telemetry.registry());
        breaker.watch(membership);
        var consuming = stores.consumingLink(List.of(stores.declaration(), consumers));
        lifecycle.onStop("consumers", consumers::stop);
        membership.join();
        lifecycle.onStop("membership", membership::leave);
        lifecycle.onStop("waiting", processing::announceStop);

        probes.watchBroker(consuming::isUp);
        log.info("worker started: shards={} tipos={}", topology.shards(), handlers.tipos());
        lifecycle.awaitStop();
    }

    private static Handler despesa(WorkerConfig config) {
        return config.provider()
                .<Handler>map(provider -> new AskingDespesaHandler(new Provider(provider), provider.age()))
                .orElseGet(DespesaHandler::new);
    }

    /** The bodies that the broker sends ahead must fit into memory, even if each has the largest size. */
    private static Appetite appetite(WorkerConfig config, int shards) {
        // While one lot is in hand the next one is on its way.
        int together = config.lote() == 1 ? 1 : 2 * config.lote();
        // A shard's share of the handlers that wait, four times: shards are not equally busy, and others of the same
        // receivers wait in the lanes.
        int beside = Math.ceilDiv(4 * config.esperas(), shards);
        int wanted = Math.max(config.prefetch(), Math.max(together, beside));
        var memory = MemoryBudget.ofThisProcess();
        int fitting = config.lote() == 1
                ? memory.messagesSentAhead(shards, Limits.MESSAGE_BYTES)
                : memory.messagesSentAheadForLots(shards, Limits.MESSAGE_BYTES);
        if (fitting < wanted) {
            LoggerFactory.getLogger(Worker.class)
                    .warn(
                            "this heap has room for {} deliveries per shard, not for {} ({}): the worker takes {}",
                            fitting,
                            wanted,
                            Settings.PREFETCH.name(),
                            fitting);
        }
        // A lot takes no more memory than the largest pedido.
        return new Appetite(Math.min(wanted, fitting), config.lote(), Limits.MESSAGE_BYTES);
    }

    private static String version() {
        String version = Worker.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
