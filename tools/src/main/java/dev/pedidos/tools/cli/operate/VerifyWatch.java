package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.runtime.CannotListen;
import dev.pedidos.shared.runtime.ProbeServer;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.watch.LawWatch;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A verify that goes on until it is stopped, and serves its result as metrics. */
final class VerifyWatch {

    private VerifyWatch() {}

    /** @param first what the first round judges; empty: everything */
    static void run(
            CommandContext context,
            DatabaseUrl database,
            LawWatch.Rhythm rhythm,
            Optional<Since> first,
            WatchOptions options)
            throws Failed {
        LawWatch.Judge judge = (since, limit) -> {
            try (var snapshot = Ledger.snapshot(database, limit)) {
                return CancellableSql.on(
                        snapshot, () -> LedgerLaws.judge(snapshot, AsOf.NOW, since, JudgingLimit.of(limit)));
            }
        };
        try (var telemetry = new Telemetry();
                var metrics = ProbeServer.ofMetrics(WatchOptions.ADDRESS, options.host(), options.port(), telemetry);
                var watch = new LawWatch(judge, rhythm, first, telemetry.registry())) {
            watch.start();
            context.say(RootLocale.format(
                    "judging %s every %d s, and everything every %d s; metrics at http://%s:%d/metrics",
                    database.jdbcUrl(),
                    rhythm.pause().toSeconds(),
                    rhythm.full().toSeconds(),
                    options.host(),
                    metrics.port()));
            new CountDownLatch(1).await();
        } catch (InterruptedException stop) {
            // Ctrl-C or SIGTERM: this is how it ends.
            context.say("stopped");
        } catch (CannotListen e) {
            throw new Failed(String.valueOf(e.getMessage()));
        }
    }
}
