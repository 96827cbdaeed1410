package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.FolderServers;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The rounds of a benchmark, each in a database and a vhost of its own. */
public final class BenchRun {
    private final Home home;
    private final Env env;
    private final BenchPlan plan;
    private final Consumer<String> say;

    public BenchRun(Home home, Env env, BenchPlan plan, Consumer<String> say) {
        this.home = home;
        this.env = env;
        this.plan = plan;
        this.say = say;
    }

    /**
     * One round more for the report.
     *
     * @param number from 1
     * @param stores of this round alone
     * @param variables their addresses for the programs
     */
    public void round(int number, Stores stores, Map<String, String> variables, BenchReport report)
            throws IOException, SQLException, TimeoutException, InterruptedException {
        Consumer<String> step =
                line -> say.accept(RootLocale.format("round %d of %d: %s", number, plan.rounds(), line));
        var database = DatabaseUrl.parse(stores.databaseUrl());
        try (var processors = new ProcessorTime()) {
            watchServers(processors);
            processors.start();
            var programs = new BenchPrograms(home, env, variables, processors, say);
            RoundFigures figures;
            try (var effects = new Effects(database)) {
                figures = new BenchRound(programs, processors, effects, number, plan.window(), step).run();
            } finally {
                UninterruptedStop.run(programs::close);
            }
            step.accept("the limits of the servers");
            limits(figures, stores, database);
            report.add(figures);
        }
    }

    /** Servers that were not started on this machine have no figures. */
    private void watchServers(ProcessorTime processors) throws IOException {
        processors.watch(Part.CLIENT, ProcessHandle.current().pid());
        Map<String, Long> servers = FolderServers.living(home.dotPedidos());
        Long broker = servers.get("rabbitmq");
        if (broker != null) {
            processors.watchServer(Part.BROKER, broker);
        }
        Long postgres = servers.get("postgres");
        if (postgres != null) {
            processors.watchServer(Part.DATABASE, postgres);
        }
    }

    private void limits(RoundFigures figures, Stores stores, DatabaseUrl database)
            throws IOException, SQLException, TimeoutException, InterruptedException {
        int seconds = (int) plan.window().toSeconds();
        DatabaseLimit.measure(database, 50 * seconds)
                .ifPresent(rate -> figures.put("database alone (pgbench) /s", rate));
        var broker = BrokerLimit.measure(stores.amqpUri(), stores.prefix().orElse(""), 100 * seconds);
        figures.put("broker alone, confirmed /s", broker.confirmed());
        figures.put("broker alone, drained /s", broker.drained());
    }
}
