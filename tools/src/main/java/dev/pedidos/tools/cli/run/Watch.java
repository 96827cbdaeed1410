package dev.pedidos.tools.cli.run;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.ledger.LedgerCounts;
import dev.pedidos.tools.proof.report.StateLine;
import dev.pedidos.tools.stack.processes.Supervisor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Prints the state of a running system when it has changed. */
final class Watch {
    private static final Duration SUPERVISE_EVERY = Duration.ofMillis(250);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
    /** Counting a large ledger takes a while, so that counting takes at most this part of the time. */
    private static final int REST_PER_LOOK = 20;

    private final CommandContext context;
    private final Supervisor supervisor;
    private final DatabaseUrl database;
    private final StateLine line = new StateLine();
    private boolean databaseIsDown;

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
    void untilInterrupted() throws InterruptedException, Failed {
        // On a thread of its own: a database that does not answer must not hold up the supervision.
        try (var state = new PeriodicTask(
                "state", PeriodicTask.Timing.interruptedAtStop(LOOK_EVERY), this::sayState, this::sayFailure)) {
            state.start();
            while (true) {
                supervisor.look();
                if (supervisor.hasGivenUpAll()) {
                    throw new Failed("no program is left running");
                }
                Thread.sleep(SUPERVISE_EVERY);
            }
        }
    }

    private Duration sayState() throws SQLException {
        long before = System.nanoTime();
        try (var connection = Ledger.connect(database, ANSWER_WITHIN)) {
            String state = line.next(LedgerCounts.read(connection), System.nanoTime());
            if (state != null) {
                var now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
                context.print(RootLocale.format("%tT  %s", now, state));
            }
            databaseIsDown = false;
        }
        return Duration.ofNanos(Math.max(LOOK_EVERY.toNanos(), REST_PER_LOOK * (System.nanoTime() - before)));
    }

    private void sayFailure(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            context.say(RootLocale.format("the state cannot be shown: %s", failure));
            return;
        }
        if (!databaseIsDown) {
            context.say(RootLocale.format(
                    "the database does not answer (%s); looking again every %d s",
                    failure.getMessage(), LOOK_EVERY.toSeconds()));
        }
        databaseIsDown = true;
    }
}
