package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.laws.HistoryLaws;
import dev.pedidos.tools.proof.laws.Law;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.LogLaw;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.ledger.LedgerPedidos;
import dev.pedidos.tools.proof.ledger.RefusedContents;
import dev.pedidos.tools.proof.torture.callback.Received;
import dev.pedidos.tools.proof.torture.faults.FaultTally;
import dev.pedidos.tools.proof.torture.faults.Scene;
import dev.pedidos.tools.proof.torture.load.Recorder;
import dev.pedidos.tools.proof.torture.load.SecretValues;
import dev.pedidos.tools.proof.torture.system.LetterBrowser;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.WebhookSecretFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares ledger, clients' history, broker and logs after everything has drained. */
public final class Checker {
    private final Scene scene;
    private final Recorder recorder;
    private final FaultTally tally;
    private final Received webhooks;
    private final Home home;

    public Checker(Scene scene, FaultTally tally, Recorder recorder, Received webhooks, Home home) {
        this.scene = scene;
        this.tally = tally;
        this.recorder = recorder;
        this.webhooks = webhooks;
        this.home = home;
    }

    public List<Verdict> check() throws IOException, SQLException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (var ledger = scene.ledger().connect()) {
            verdicts.add(WebhooksLaw.check(ledger, webhooks));
        }
        var url = DatabaseUrl.parse(scene.servers().databaseUrl());
        try (var snapshot = Ledger.snapshot(url)) {
            verdicts.add(FinalLaw.check(snapshot));
            verdicts.addAll(LedgerLaws.checkRunning(snapshot));
            verdicts.add(LedgerLaws.check(snapshot, Law.NO_OUTAGE_USED_AN_ATTEMPT));
            verdicts.addAll(new HistoryLaws(recorder.history(), LedgerPedidos.read(snapshot))
                    .checkUnderFaults(RefusedContents.read(snapshot)));
            verdicts.add(CancelLaw.check(snapshot, recorder.cancelled()));
        }
        verdicts.add(ReplayLaw.check(DatabaseUrl.parse(scene.servers().databaseAdminUrl())));
        verdicts.add(QueuesLaw.check(scene.broker()));
        try (var ledger = scene.ledger().connect()) {
            verdicts.addAll(LettersLaw.check(
                    new LetterBrowser(scene.servers()),
                    ledger,
                    scene.load().poison(),
                    scene.losses().all()));
        }
        try (var superuser = scene.ledger().connectAsSuperuser()) {
            verdicts.add(LeftoversLaw.check(superuser));
        }
        verdicts.add(LogLaw.check(home.logFolder(), passwords(), SecretValues.all()));
        verdicts.add(FaultsLaw.check(tally.counts()));
        return verdicts;
    }

    private List<String> passwords() throws IOException {
        List<String> passwords = new ArrayList<>();
        for (String address : List.of(
                scene.servers().amqpUri(),
                scene.servers().databaseUrl(),
                scene.servers().databaseAdminUrl())) {
            passwords.add(URI.create(address).getUserInfo().replaceFirst("^[^:]*:", ""));
        }
        passwords.add(Files.readString(WebhookSecretFile.of(home)).strip());
        return passwords;
    }
}
