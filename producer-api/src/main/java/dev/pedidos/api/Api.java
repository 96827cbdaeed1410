package dev.pedidos.api;

import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.Logging;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.start.FirstLook;
import dev.pedidos.shared.start.ProgramMain;
import dev.pedidos.shared.start.ProgramStores;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * The producer program. A pedido comes by HTTP or from a queue, is accepted, and is published: {@link HttpParts} or {@link
 * QueueIntakes}, {@link AcceptanceParts}, {@link PublishingParts}. Each part is started after the one that it hands pedidos to,
 * and stopped before it.
 */
public final class Api {
    /**
     * Two insert, one each marks, relays, takes from queues, reads tipos, probes, looks for ends that requests wait
     * for, reads events for streams, and folds the changes of tasks.
     */
    private static final int OTHER_CONNECTIONS = 12;

    /** So that known pedidos are answered as such from the first request on. */
    private static final Duration FIRST_INTAKE_WAIT = Duration.ofSeconds(3);

    private Api() {}

    public static void main(String[] args) {
        ProgramMain.run(Api::run);
    }

    private static void run() throws Exception {
        var env = Env.ofProcess();
        Logging.configure(env);
        var config = ApiConfig.from(env);
        env.check();
        var log = LoggerFactory.getLogger(Api.class);
        var look = FirstLook.begin(config.fleet());
        var lifecycle = new Lifecycle(config.fleet().drain(), config.fleet().readyDelay());
        lifecycle.stopOnSignal();
        var telemetry = new Telemetry();
        lifecycle.onStop("telemetry", telemetry::close);
        var stores = ProgramStores.open(
                "api", look, Bulkheads.CONNECTIONS + OTHER_CONNECTIONS, telemetry.registry(), lifecycle);
        boolean bothUp = stores.useStoresThatAnswer();
        var context = new ApiContext(config, stores, telemetry, lifecycle, MemoryBudget.ofThisProcess());

        var publishing = PublishingParts.start(context);
        var acceptance = AcceptanceParts.start(context, publishing);
        QueueIntakes.start(context, publishing, acceptance);
        var operating = OperatingParts.start(context, publishing);
        TaskParts.start(context);
        var http = HttpParts.prepare(context, publishing, acceptance.failover());
        if (bothUp) {
            acceptance.failover().awaitNormal(FIRST_INTAKE_WAIT);
        }
        int port = http.open(context, publishing, acceptance, operating);
        log.info("api started: address={}:{}", config.host(), port);
        lifecycle.awaitStop();
    }
}
