package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.processes.FleetSize;
import dev.pedidos.tools.stack.processes.LocalFleet;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The API and the worker of a round. The worker comes and goes, and its processor time is watched while it runs. */
final class BenchPrograms implements AutoCloseable {
    private static final String PREFIX = "bench-" + ProcessHandle.current().pid() + "-";

    private final Home home;
    private final Env env;
    private final Map<String, String> stores;
    private final Consumer<String> say;
    private final ProcessorTime processors;
    private final LocalFleet api;
    private LocalFleet worker;

    /** @param stores the addresses of broker and database as environment variables */
    BenchPrograms(Home home, Env env, Map<String, String> stores, ProcessorTime processors, Consumer<String> say) {
        this.home = home;
        this.env = env;
        this.stores = stores;
        this.processors = processors;
        this.say = say;
        this.api = new LocalFleet(home, env, say);
        this.worker = new LocalFleet(home, env, say);
    }

    /** Returns its address when it is ready. */
    URI startApi() throws IOException, InterruptedException {
        api.start(new FleetSize(1, 0, PREFIX), stores);
        processors.watch(Part.API, apiPid());
        return api.apiUrls().getFirst();
    }

    /** Returns when it is ready. */
    void startWorker(int lote) throws IOException, InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>(stores);
        variables.put(Settings.LOTE.name(), Integer.toString(lote));
        worker = new LocalFleet(home, env, say);
        worker.start(new FleetSize(0, 1, PREFIX), variables);
        processors.watch(Part.WORKER, workerPid());
    }

    void stopWorker() {
        processors.forget(Part.WORKER);
        worker.close();
    }

    long apiPid() {
        return api.programs().getFirst().pid();
    }

    long workerPid() {
        return worker.programs().getFirst().pid();
    }

    @Override
    public void close() {
        api.close();
        worker.close();
    }
}
