package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LedgerOption;
import dev.pedidos.tools.proof.report.ProgressView;
import dev.pedidos.tools.stack.home.RunEnv;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** After the loss of a whole broker: publishes everything again that a broker should hold. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "After the loss of the whole broker: mark every unfinished pedido and every dead letter.",
            "The APIs then publish them again. Repeatable, while the fleet runs."
        })
public final class Recover implements Callable<Integer> {
    private static final String NEEDS_AN_API =
            "an API of this fleet must be running and reach its broker: it publishes what is marked here";
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Counting a large ledger takes a while, so that counting takes at most this part of the time. */
    private static final int REST_PER_LOOK = 10;

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException, Failed {
        var context = ledger.context();
        DatabaseUrl database = database(context);
        try (var recovery = new Recovery(database)) {
            long marked = recovery.markAll();
            long left = recovery.left();
            context.say(RootLocale.format(
                    "%,d unfinished pedidos and dead letters are marked to be published again; %,d of them are due now",
                    marked, left));
            awaitPublished(recovery, left);
            context.print(RootLocale.format(
                    "recovered: %,d published again or finished; retries follow when they are due", marked));
            return 0;
        }
    }

    private DatabaseUrl database(CommandContext context) throws IOException, InterruptedException, Failed {
        var given = ledger.given();
        if (given.isPresent()) {
            context.say(NEEDS_AN_API);
            return given.get();
        }
        var running = RunEnv.read(context.home());
        String database = running.get(RunEnv.DATABASE_URL);
        if (database == null) {
            throw new Failed("nothing runs here: start it with ./pedidos up, or give --url DATABASE_URL");
        }
        requireApi(running.get(RunEnv.API_URL));
        return DatabaseUrl.parse(database);
    }

    private static void requireApi(@Nullable String api) throws InterruptedException, Failed {
        if (api == null) {
            throw new Failed(NEEDS_AN_API);
        }
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(api + "/readyz"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            String answer = http.send(request, BodyHandlers.ofString()).body();
            if (!answer.contains("\"broker\":\"UP\"")) {
                throw new Failed(RootLocale.format("%s; the one at %s says %s", NEEDS_AN_API, api, answer));
            }
        } catch (IOException e) {
            throw new Failed(RootLocale.format("%s; the one at %s does not answer", NEEDS_AN_API, api));
        }
    }

    private static void awaitPublished(Recovery recovery, long all) throws SQLException, InterruptedException, Failed {
        long left = all;
        long lastChange = System.nanoTime();
        try (var progress = new ProgressView("published", all)) {
            while (left > 0) {
                long before = System.nanoTime();
                if (before - lastChange > PATIENCE.toNanos()) {
                    throw new Failed(RootLocale.format(
                            "%,d are not published, and nothing has moved for %d s: is an API running, and does"
                                    + " it reach its broker? They stay marked, and an API publishes them when it can",
                            left, PATIENCE.toSeconds()));
                }
                long now = recovery.left();
                long took = System.nanoTime() - before;
                lastChange = now == left ? lastChange : System.nanoTime();
                left = now;
                progress.at(Math.max(0, all - left));
                TimeUnit.NANOSECONDS.sleep(Math.max(LOOK_EVERY.toNanos(), REST_PER_LOOK * took));
            }
        }
    }
}
