package dev.pedidos.local.torture.check;

import dev.pedidos.local.torture.faults.FaultTally;
import dev.pedidos.local.torture.faults.Scene;
import dev.pedidos.local.torture.load.Recorder;
import dev.pedidos.local.torture.load.Secrets;
import dev.pedidos.local.torture.system.LetterBrowser;
import dev.pedidos.local.verify.Conflicts;
import dev.pedidos.local.verify.HistoryLaws;
import dev.pedidos.local.verify.Law;
import dev.pedidos.local.verify.Ledger;
import dev.pedidos.local.verify.LedgerLaws;
import dev.pedidos.local.verify.LedgerPedidos;
import dev.pedidos.local.verify.LogLaw;
import dev.pedidos.local.verify.Verdict;
import dev.pedidos.shared.runtime.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Holds ledger, clients' history, broker and logs against each other when all has drained. */
public final class Checker {
    private final Scene scene;
    private final Recorder recorder;
    private final FaultTally tally;
    private final Path logs;

    public Checker(Scene scene, FaultTally tally, Recorder recorder, Path logs) {
        this.scene = scene;
        this.tally = tally;
        this.recorder = recorder;
        this.logs = logs;
    }

    public List<Verdict> check() throws IOException, SQLException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        var url = DatabaseUrl.parse(scene.servers().databaseUrl());
        try (var snapshot = Ledger.snapshot(url)) {
            verdicts.addAll(LedgerLaws.checkRunning(snapshot));
            verdicts.add(LedgerLaws.check(snapshot, Law.NO_OUTAGE_USED_AN_ATTEMPT));
            verdicts.addAll(new HistoryLaws(recorder.history(), LedgerPedidos.read(snapshot))
                    .checkUnderFaults(Conflicts.read(snapshot)));
        }
        verdicts.add(QueuesLaw.check(scene.broker()));
        try (var ledger = scene.ledger().connect()) {
            verdicts.addAll(LettersLaw.check(
                    new LetterBrowser(scene.servers()), ledger, scene.load().poison(), tally.thrownAway()));
        }
        try (var superuser = scene.ledger().connectAsSuperuser()) {
            verdicts.add(LeftoversLaw.check(superuser));
        }
        verdicts.add(LogLaw.check(logs, secrets()));
        return verdicts;
    }

    private List<String> secrets() throws IOException {
        List<String> secrets = new ArrayList<>(Secrets.all());
        for (String address : List.of(
                scene.servers().amqpUri(),
                scene.servers().databaseUrl(),
                scene.servers().databaseAdminUrl())) {
            secrets.add(URI.create(address).getUserInfo().replaceFirst("^[^:]*:", ""));
        }
        return secrets;
    }
}
