package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Starts programs again that end by themselves: each time after a longer pause, up to a number of starts. After a
 * program has run for a while, it may be started as often again.
 */
public final class Supervisor {
    private static final int MOST_IN_A_ROW = 5;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration A_WHILE = Duration.ofMinutes(5);
    /** The system has to be repaired first: its disk is full, or it cannot make a process. */
    private static final Duration AFTER_FAILED_START = Duration.ofSeconds(10);

    private enum State {
        RUNS,
        ENDED,
        GIVEN_UP
    }

    private static final class Life {
        private State state = State.RUNS;
        private int starts;
        private long startedAt;
        private long nextStart;
    }

    private final LocalFleet fleet;
    private final LongSupplier clock;
    private final Consumer<String> say;
    private final Map<String, Life> lives = new HashMap<>();

    public Supervisor(LocalFleet fleet, LongSupplier clock, Consumer<String> say) {
        this.fleet = fleet;
        this.clock = clock;
        this.say = say;
    }

    /** Looks at each program once. */
    public void look() {
        for (RunningProgram program : fleet.programs()) {
            Life life = lives.computeIfAbsent(program.name(), any -> new Life());
            switch (life.state) {
                case RUNS -> {
                    if (!program.isAlive()) {
                        ended(program, life);
                    }
                }
                case ENDED -> {
                    if (clock.getAsLong() - life.nextStart >= 0) {
                        startAgain(program, life);
                    }
                }
                case GIVEN_UP -> {}
            }
        }
    }

    /** True if a program was started as often as allowed and does not run. */
    public boolean hasGivenUp() {
        return lives.values().stream().anyMatch(life -> life.state == State.GIVEN_UP);
    }

    /** True if no program runs and none will be started again. */
    public boolean hasGivenUpAll() {
        return !lives.isEmpty() && lives.values().stream().allMatch(life -> life.state == State.GIVEN_UP);
    }

    private void ended(RunningProgram program, Life life) {
        long now = clock.getAsLong();
        if (now - life.startedAt >= A_WHILE.toNanos()) {
            life.starts = 0;
        }
        say.accept(program.endedText());
        if (life.starts == MOST_IN_A_ROW) {
            life.state = State.GIVEN_UP;
            say.accept(RootLocale.format(
                    "%s has ended %d times in a row and is not started again: see its log, repair the cause, then"
                            + " ./pedidos down and up",
                    program.name(), MOST_IN_A_ROW + 1));
        } else {
            life.state = State.ENDED;
            life.nextStart = now + pause(life).toNanos();
        }
    }

    private void startAgain(RunningProgram program, Life life) {
        long now = clock.getAsLong();
        try {
            fleet.startAgain(program);
        } catch (IOException e) {
            life.nextStart = now + AFTER_FAILED_START.toNanos();
            say.accept(RootLocale.format(
                    "%s cannot be started again (%s); next try in %d s",
                    program.name(), e.getMessage(), AFTER_FAILED_START.toSeconds()));
            return;
        }
        life.starts++;
        life.startedAt = now;
        life.state = State.RUNS;
        say.accept(RootLocale.format(
                "%s is started again (start %d of at most %d in a row)", program.name(), life.starts, MOST_IN_A_ROW));
    }

    private static Duration pause(Life life) {
        return FIRST_PAUSE.multipliedBy(1L << life.starts);
    }
}
