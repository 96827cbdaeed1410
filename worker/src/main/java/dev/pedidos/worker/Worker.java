package dev.pedidos.worker;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.ledger.fleet.LivenessLock;
import dev.pedidos.shared.ledger.fleet.Members;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.Logging;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.ProbeServer;
import dev.pedidos.shared.runtime.Probes;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.start.FirstLook;
import dev.pedidos.shared.start.ProgramMain;
import dev.pedidos.shared.start.ProgramStores;
import dev.pedidos.worker.despesa.CnpjDespesaHandler;
import dev.pedidos.worker.despesa.DespesaHandler;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.provider.Provider;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The worker program. It consumes the shards that are its share of the fleet ({@link FleetParts}), takes each delivery to its
 * ending ({@link DeliveryParts}), and archives and sends webhooks beside that ({@link BackgroundParts}). The consumers are started
 * last and stopped first.
 */
public final class Worker {

    /** For the liveness lock, the membership, the probe, marks of published messages, archiver, webhooks, lines of limits. */
    static final int SPARE_CONNECTIONS = 8;

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

        var stores = ProgramStores.open("worker", look, SPARE_CONNECTIONS, telemetry.registry(), lifecycle);
        var probes = new Probes(stores::ledgerIsUp, stores::brokerIsUpMeanwhile).measuredBy(telemetry.registry());
        probes.watchNotReady(lifecycle::isLeaving);
        var probeServer = new ProbeServer(config.host(), config.port(), probes, telemetry);
        lifecycle.onStop("probes", probeServer::close);
        log.info("worker waits for its stores: health_port={}", probeServer.port());
        var topology = stores.awaitStores();
        stores.database().allowConnections(topology.shards(), SPARE_CONNECTIONS);
        var livenessLock = new LivenessLock(stores.database());
        lifecycle.onStop("liveness lock", livenessLock::close);
        livenessLock.start();

        var context = new WorkerContext(
                config,
                stores,
                topology,
                livenessLock,
                new Members(stores.database(), livenessLock),
                telemetry.registry(),
                lifecycle,
                MemoryBudget.ofThisProcess());
        var delivery = DeliveryParts.start(context, handlers);
        BackgroundParts.start(context);
        var consuming = FleetParts.join(context, delivery, handlers.registeredTipos());
        probes.watchBroker(consuming::isUp);
        log.info("worker started: shards={} tipos={}", topology.shards(), handlers.tipos());
        lifecycle.awaitStop();
    }

    private static Handler despesa(WorkerConfig config) {
        return config.provider()
                .<Handler>map(provider -> new CnpjDespesaHandler(new Provider(provider), provider.age()))
                .orElseGet(DespesaHandler::new);
    }
}
