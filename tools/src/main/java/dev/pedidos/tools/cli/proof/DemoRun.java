package dev.pedidos.tools.cli.proof;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.run.Addresses;
import dev.pedidos.tools.cli.run.StoreVariables;
import dev.pedidos.tools.proof.demo.Chaos;
import dev.pedidos.tools.proof.demo.CutNetwork;
import dev.pedidos.tools.proof.demo.DeadLettersLaw;
import dev.pedidos.tools.proof.demo.DemoReport;
import dev.pedidos.tools.proof.demo.PoisonSender;
import dev.pedidos.tools.proof.demo.TroubleLaw;
import dev.pedidos.tools.proof.laws.ClockOffset;
import dev.pedidos.tools.proof.laws.HistoryLaws;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Drain;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.ledger.LedgerPedidos;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Sender;
import dev.pedidos.tools.proof.report.ProgressView;
import dev.pedidos.tools.proof.report.Verdicts;
import dev.pedidos.tools.stack.home.RunEnv;
import dev.pedidos.tools.stack.processes.FleetSize;
import dev.pedidos.tools.stack.processes.HiddenSettings;
import dev.pedidos.tools.stack.processes.LocalFleet;
import dev.pedidos.tools.stack.processes.UninterruptedStop;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One demo in stores of its own: start, send, wait, report, prove, stop. */
final class DemoRun {
    private static final int CONNECTIONS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CommandContext context;
    private final DemoLoad load;
    private final Stores stores;
    private final DatabaseUrl database;
    private final DemoFaults faults;

    DemoRun(CommandContext context, DemoLoad load, Stores stores, DemoFaults faults) {
        this.context = context;
        this.load = load;
        this.stores = stores;
        this.database = DatabaseUrl.parse(stores.databaseUrl());
        this.faults = faults;
    }

    /** True if every law was kept. */
    boolean run(FleetSize size) throws IOException, SQLException, InterruptedException, Failed {
        var fleet = new LocalFleet(context.home(), HiddenSettings.envOfARun(), context::say);
        try {
            fleet.start(size, variables());
            context.print(Addresses.programs(fleet));
            return switch (faults) {
                case DemoFaults.None() -> runOn(fleet, Optional.empty());
                case DemoFaults.KilledWorkers() -> runInChaos(fleet, Optional.empty());
                case DemoFaults.KilledWorkersAndCuts(var network) -> runInChaos(fleet, Optional.of(network));
            };
        } catch (InterruptedException | ClosedByInterruptException stop) {
            // Nobody needs what they would still finish.
            UninterruptedStop.run(fleet::kill);
            throw stop;
        } finally {
            UninterruptedStop.run(fleet::close);
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = StoreVariables.forARun(stores);
        if (faults instanceof DemoFaults.KilledWorkersAndCuts(var network)) {
            variables.put(RunEnv.AMQP_URI, network.amqpUri());
        }
        return variables;
    }

    private boolean runInChaos(LocalFleet fleet, Optional<CutNetwork> network)
            throws IOException, SQLException, InterruptedException, Failed {
        try (var chaos = new Chaos(fleet, network, context::say)) {
            chaos.start();
            return runOn(fleet, Optional.of(chaos));
        }
    }

    private boolean runOn(LocalFleet fleet, Optional<Chaos> chaos)
            throws IOException, SQLException, InterruptedException, Failed {
        var answers = send(fleet);
        int poison = load.poison() == 0
                ? 0
                : PoisonSender.send(stores.amqpUri(), StoreVariables.topology(stores), load.poison());
        awaitFinal(fleet, answers.size(), () -> chaos.map(Chaos::isRunning).orElse(false) || fleet.canWork());
        if (chaos.isPresent()) {
            chaos.get().close();
        }
        return prove(answers, poison, chaos);
    }

    private List<LoadAnswer> send(LocalFleet fleet) throws IOException, InterruptedException, Failed {
        long skus = load.putEstoque(fleet.apiUrls().getFirst());
        context.print(
                RootLocale.format("%s, stock of %,d skus, %d connections", load.description(), skus, CONNECTIONS));
        List<LoadAnswer> answers = new ArrayList<>();
        try (var progress = new ProgressView("sent", load.size())) {
            new Sender(fleet.apiUrls(), CONNECTIONS, 0).send(load.open(), answer -> {
                answers.add(answer);
                progress.step();
            });
        }
        if (answers.isEmpty()) {
            throw new Failed("nothing was sent: the input has no pedido");
        }
        return answers;
    }

    private void awaitFinal(LocalFleet fleet, long sent, BooleanSupplier goOn)
            throws SQLException, InterruptedException {
        try (var connection = Ledger.connect(database);
                var progress = new ProgressView("final", sent)) {
            long unfinished = Drain.await(connection, PATIENCE, goOn, now -> progress.at(sent - now.unfinished()));
            if (unfinished > 0) {
                context.say(RootLocale.format(
                        "%,d pedidos are not final, and nothing has moved for %d s, or no program is left",
                        unfinished, PATIENCE.toSeconds()));
            }
        }
        fleet.programs().stream()
                .filter(program -> !program.isAlive())
                .forEach(program -> context.say(program.endedText()));
    }

    private boolean prove(List<LoadAnswer> answers, int poison, Optional<Chaos> chaos)
            throws IOException, SQLException, InterruptedException {
        var history = ClientHistory.of(answers);
        Verdict letters;
        try (var ledger = Ledger.connect(database)) {
            letters = new DeadLettersLaw(stores.amqpUri(), StoreVariables.topology(stores)).check(ledger, poison);
        }
        try (var snapshot = Ledger.snapshot(database)) {
            List<Verdict> verdicts = new ArrayList<>(LedgerLaws.checkRunning(snapshot));
            var ledger = LedgerPedidos.read(snapshot);
            verdicts.addAll(new HistoryLaws(history, ledger).check());
            verdicts.add(letters);
            if (!load.troubles().isEmpty()) {
                verdicts.add(TroubleLaw.check(load.troubles(), ledger));
            }
            var report = new DemoReport(answers, history, ledger, ClockOffset.measure(snapshot));
            context.print("\n" + report.text(verdicts, onPurpose(poison, chaos)) + "\n" + Verdicts.text(verdicts));
            return verdicts.stream().allMatch(Verdict::holds);
        }
    }

    /** The intended trouble, with the number of times. */
    private Map<String, Long> onPurpose(int poison, Optional<Chaos> chaos) {
        Map<String, Long> counts = new LinkedHashMap<>();
        load.troubles().values().forEach(trouble -> counts.merge("of those, " + trouble.spoken(), 1L, Long::sum));
        if (poison > 0) {
            counts.put("poison sent to the broker", (long) poison);
        }
        if (chaos.isPresent()) {
            counts.put("workers killed", (long) chaos.get().workersKilled());
            counts.put("broker connections cut", (long) chaos.get().connectionsCut());
        }
        return counts;
    }
}
