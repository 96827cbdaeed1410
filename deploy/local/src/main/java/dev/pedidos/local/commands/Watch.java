package dev.pedidos.local.commands;

import dev.pedidos.local.processes.Fleet;
import dev.pedidos.local.processes.RunningProgram;
import dev.pedidos.local.report.StateLine;
import dev.pedidos.local.verify.Ledger;
import dev.pedidos.local.verify.LedgerCounts;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Says how a running system is doing, when something has changed. */
final class Watch {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** Counting a large ledger takes a while: at most this part of the time goes into it. */
    private static final int REST_PER_LOOK = 20;

    private final Surroundings around;
    private final Fleet fleet;
    private final DatabaseUrl database;
    private final StateLine line = new StateLine();
    private final Set<String> knownEnded = new HashSet<>();
    private boolean databaseAway;

    Watch(Surroundings around, Fleet fleet, DatabaseUrl database) {
        this.around = around;
        this.fleet = fleet;
        this.database = database;
    }

    /** @throws Failed where no program is left to watch */
    void untilInterrupted() throws InterruptedException, Failed {
        while (true) {
            long before = System.nanoTime();
            sayEnded();
            sayState();
            long rest = Math.max(LOOK_EVERY.toNanos(), REST_PER_LOOK * (System.nanoTime() - before));
            TimeUnit.NANOSECONDS.sleep(rest);
        }
    }

    private void sayEnded() throws Failed {
        for (RunningProgram program : fleet.programs()) {
            if (!program.isAlive() && knownEnded.add(program.name())) {
                around.say(program.endedText());
            }
        }
        if (knownEnded.size() == fleet.programs().size()) {
            throw new Failed("no program is left running");
        }
    }

    private void sayState() {
        try (var connection = Ledger.connect(database)) {
            String state = line.next(LedgerCounts.read(connection), System.nanoTime());
            if (state != null) {
                var now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
                around.print(RootLocale.format("%tT  %s", now, state));
            }
            databaseAway = false;
        } catch (SQLException e) {
            if (!databaseAway) {
                around.say(RootLocale.format(
                        "the database does not answer (%s); looking again every %d s",
                        e.getMessage(), LOOK_EVERY.toSeconds()));
            }
            databaseAway = true;
        }
    }
}
