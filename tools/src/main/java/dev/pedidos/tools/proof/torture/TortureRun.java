package dev.pedidos.tools.proof.torture;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Drain;
import dev.pedidos.tools.proof.report.ProgressView;
import dev.pedidos.tools.proof.torture.callback.CallbackServer;
import dev.pedidos.tools.proof.torture.check.Checker;
import dev.pedidos.tools.proof.torture.faults.FaultTally;
import dev.pedidos.tools.proof.torture.faults.Injection;
import dev.pedidos.tools.proof.torture.faults.Losses;
import dev.pedidos.tools.proof.torture.faults.Scene;
import dev.pedidos.tools.proof.torture.faults.Schedule;
import dev.pedidos.tools.proof.torture.load.Load;
import dev.pedidos.tools.proof.torture.load.Recorder;
import dev.pedidos.tools.proof.torture.system.BrokerAdmin;
import dev.pedidos.tools.proof.torture.system.Crew;
import dev.pedidos.tools.proof.torture.system.DeadLetterOperator;
import dev.pedidos.tools.proof.torture.system.FleetMember;
import dev.pedidos.tools.proof.torture.system.LedgerAdmin;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.WebhookSecretFile;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.FolderServers;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One run: start, send while faults are injected, heal, wait, prove, stop. */
public final class TortureRun {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Its messages are accepted pedidos that are not in the ledger yet. */
    private static final String OPEN_QUEUE = "pedidos_queue";

    private final TortureHome home;
    private final TorturePlan plan;
    private final Consumer<String> say;
    private final Consumer<String> print;

    /**
     * @param home for this run alone; the files of an earlier run there are deleted
     * @param say receives messages on the way
     * @param print receives the summary
     */
    public TortureRun(Home home, TorturePlan plan, Consumer<String> say, Consumer<String> print) {
        this.home = new TortureHome(home);
        this.plan = plan;
        this.say = say;
        this.print = print;
    }

    /** True if every law was kept. */
    public boolean run() throws IOException, SQLException, InterruptedException {
        FolderServers.stopLeftOver(home.folder());
        home.clear();
        say.accept(RootLocale.format(
                "starting a broker, a database, %d APIs and %d workers under %s",
                plan.apis(), plan.workers(), home.folder()));
        var servers = servers();
        try {
            return onServers(servers, new BrokerAdmin(servers));
        } finally {
            UninterruptedStop.run(servers::close);
        }
    }

    private KillableServers servers() throws IOException, InterruptedException {
        try {
            return KillableServers.open(home.folder(), say);
        } catch (IOException e) {
            throw new IOException(
                    "torture kills its broker and its database, so it starts both on this machine; it must not kill those"
                            + " that the environment or Docker give. "
                            + e.getMessage(),
                    e);
        }
    }

    private boolean onServers(KillableServers servers, BrokerAdmin broker)
            throws IOException, SQLException, InterruptedException {
        var webhookSecrets = new SigningSecretsFile(WebhookSecretFile.make(home.home()));
        var crew = new Crew(home.home(), servers, webhookSecrets, plan.lote());
        var ledger = new LedgerAdmin(servers);
        try (var callbacks = CallbackServer.start(webhookSecrets, plan.seed());
                var recorder = new Recorder(home.history())) {
            crew.start(plan.apis(), plan.workers());
            var urls = crew.apis().stream().map(FleetMember::url).toList();
            try (var operator = new DeadLetterOperator(crew);
                    var load = new Load(
                            urls, servers.amqpUri(), callbacks.urls(), recorder, plan.seed(), plan.perSecond())) {
                var scene = new Scene(servers, broker, ledger, crew, operator, load, new Losses());
                var tally = torment(scene);
                heal(scene);
                var verdicts = new Checker(scene, tally, recorder, callbacks.received(), home.home()).check();
                print.accept(new Summary(plan, recorder, tally, crew.fallen(), verdicts).text(ledger));
                return kept(verdicts);
            }
        } finally {
            UninterruptedStop.run(crew::close);
        }
    }

    /** Clients send and faults are injected until the time is over and the last fault has ended. */
    private FaultTally torment(Scene scene) throws IOException, InterruptedException {
        var tally = new FaultTally(plan.faults());
        scene.load().start();
        say.accept(RootLocale.format(
                "sending %d pedidos per second for %d s; faults by seed %d:",
                plan.perSecond(), plan.load().toSeconds(), plan.seed()));
        new Injection(scene, tally, say).run(Schedule.of(plan.seed(), plan.faults(), plan.load()), plan.load());
        return tally;
    }

    /** Returns when everything is final, or when nothing moves any more. */
    private void heal(Scene scene) throws IOException, SQLException, InterruptedException {
        scene.crew().heal();
        scene.load().finish();
        scene.broker().awaitEmpty(OPEN_QUEUE, PATIENCE);
        try (var connection = scene.ledger().connect()) {
            long left = scene.ledger().unfinished();
            say.accept(RootLocale.format("everything is healed; %,d pedidos are not final yet", left));
            try (var progress = new ProgressView("final", left)) {
                Drain.await(connection, PATIENCE, () -> true, now -> progress.at(Math.max(0, left - now.unfinished())));
            }
        }
    }

    private boolean kept(List<Verdict> verdicts) {
        boolean kept = verdicts.stream().allMatch(Verdict::holds);
        if (!kept) {
            say.accept("A law is broken. The data of both servers, the logs and the clients' history stay under "
                    + home.folder() + " until the next torture run.");
        }
        return kept;
    }
}
