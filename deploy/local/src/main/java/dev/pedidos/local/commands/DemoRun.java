package dev.pedidos.local.commands;

import dev.pedidos.local.load.Answer;
import dev.pedidos.local.load.ClientHistory;
import dev.pedidos.local.load.Sender;
import dev.pedidos.local.processes.Fleet;
import dev.pedidos.local.processes.FleetSize;
import dev.pedidos.local.processes.Unhurried;
import dev.pedidos.local.report.DemoReport;
import dev.pedidos.local.report.ProgressView;
import dev.pedidos.local.report.Verdicts;
import dev.pedidos.local.stores.Stores;
import dev.pedidos.local.verify.ClockOffset;
import dev.pedidos.local.verify.Drain;
import dev.pedidos.local.verify.HistoryLaws;
import dev.pedidos.local.verify.Ledger;
import dev.pedidos.local.verify.LedgerLaws;
import dev.pedidos.local.verify.LedgerPedidos;
import dev.pedidos.local.verify.Verdict;
import dev.pedidos.shared.runtime.DatabaseUrl;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One demo, in stores of its own: start, send, wait, report, prove, stop. */
final class DemoRun {
    private static final int CONNECTIONS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Surroundings around;
    private final DemoLoad load;
    private final Stores stores;
    private final DatabaseUrl database;

    DemoRun(Surroundings around, DemoLoad load, Stores stores) {
        this.around = around;
        this.load = load;
        this.stores = stores;
        this.database = DatabaseUrl.parse(stores.databaseUrl());
    }

    /** True if every law was kept. */
    boolean run(FleetSize size) throws IOException, SQLException, InterruptedException {
        var fleet = new Fleet(around.home(), around.env(), around::say);
        try {
            fleet.start(size, StoreVariables.forPrograms(stores));
            around.print(Addresses.programs(fleet));
            var answers = send(fleet);
            awaitFinal(fleet, answers.size());
            return prove(answers);
        } finally {
            Unhurried.run(fleet::close);
        }
    }

    private List<Answer> send(Fleet fleet) throws IOException, InterruptedException {
        long skus = load.putEstoque(fleet.apiUrls().getFirst());
        around.print("%s, stock of %,d skus, %d connections".formatted(load.description(), skus, CONNECTIONS));
        List<Answer> answers = new ArrayList<>();
        try (var progress = new ProgressView("sent", load.size())) {
            new Sender(fleet.apiUrls(), CONNECTIONS, 0).send(load.open(), answer -> {
                answers.add(answer);
                progress.step();
            });
        }
        return answers;
    }

    private void awaitFinal(Fleet fleet, long sent) throws SQLException, InterruptedException {
        try (var connection = Ledger.connect(database);
                var progress = new ProgressView("final", sent)) {
            long unfinished =
                    Drain.await(connection, PATIENCE, fleet::canWork, now -> progress.at(sent - now.unfinished()));
            if (unfinished > 0) {
                around.say("%,d pedidos are not final, and nothing has moved for %d s or nobody is left to move it"
                        .formatted(unfinished, PATIENCE.toSeconds()));
            }
        }
        fleet.programs().stream()
                .filter(program -> !program.isAlive())
                .forEach(program -> around.say(program.endedText()));
    }

    private boolean prove(List<Answer> answers) throws SQLException {
        var history = ClientHistory.of(answers);
        try (var snapshot = Ledger.snapshot(database)) {
            List<Verdict> verdicts = new ArrayList<>(LedgerLaws.checkRunning(snapshot));
            var ledger = LedgerPedidos.read(snapshot);
            verdicts.addAll(new HistoryLaws(history, ledger).check());
            var report = new DemoReport(answers, history, ledger, ClockOffset.measure(snapshot));
            around.print("\n" + report.text(verdicts) + "\n" + Verdicts.text(verdicts));
            return verdicts.stream().allMatch(Verdict::holds);
        }
    }
}
