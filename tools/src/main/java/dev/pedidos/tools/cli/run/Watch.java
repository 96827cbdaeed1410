package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerCounts;
import dev.pedidos.tools.proof.report.StateLine;
import dev.pedidos.tools.stack.processes.Supervisor;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Prints the state of a running system when it has changed. */
final class Watch {
    private static final Duration SUPERVISE_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** Counting a large ledger takes a while, so that counting takes at most this part of the time. */
    private static final int REST_PER_LOOK = 20;

    private final CommandContext context;
    private final Supervisor supervisor;
    private final DatabaseUrl database;
    private final StateLine line = new StateLine();
    private boolean databaseAway;

    Watch(CommandContext context, Supervisor supervisor, DatabaseUrl database) {
        this.context = context;
        this.supervisor = supervisor;
        this.database = database;
    }

    /**
     * Watches, and starts programs again that end by themselves.
     *
     * @throws Failed no program is left to watch
     */
    void untilInterrupted() throws IOException, InterruptedException, Failed {
        long nextState = System.nanoTime();
        while (true) {
            supervisor.look();
            if (supervisor.hasGivenUpAll()) {
                throw new Failed("no program is left running");
            }
            long before = System.nanoTime();
            if (before - nextState >= 0) {
                sayState();
                nextState = before + Math.max(LOOK_EVERY.toNanos(), REST_PER_LOOK * (System.nanoTime() - before));
            }
            TimeUnit.NANOSECONDS.sleep(SUPERVISE_EVERY.toNanos());
        }
    }

    private void sayState() {
        try (var connection = Ledger.connect(database)) {
            String state = line.next(LedgerCounts.read(connection), System.nanoTime());
            if (state != null) {
                var now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
                context.print(RootLocale.format("%tT  %s", now, state));
            }
            databaseAway = false;
        } catch (SQLException e) {
            if (!databaseAway) {
                context.say(RootLocale.format(
                        "the database does not answer (%s); looking again every %d s",
                        e.getMessage(), LOOK_EVERY.toSeconds()));
            }
            databaseAway = true;
        }
    }
}
