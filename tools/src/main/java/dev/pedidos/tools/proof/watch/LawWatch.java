package dev.pedidos.tools.proof.watch;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a ledger in rounds, one connection and one short snapshot each. A round judges what has changed since the one
 * before that succeeded, so that nothing is left out when the database was down; now and then one judges everything.
 */
public final class LawWatch implements AutoCloseable {

    /** Judges a ledger once, within a limit. */
    @FunctionalInterface
    public interface Judge {
        Judgement judge(Optional<Since> since, Duration limit) throws SQLException, InterruptedException;
    }

    /**
     * How often.
     *
     * @param pause between two rounds
     * @param full time from one round that judges everything to the next
     */
    public record Rhythm(Duration pause, Duration full) {}

    private static final Logger LOG = LoggerFactory.getLogger(LawWatch.class);

    private final Judge judge;
    private final Rhythm rhythm;
    private final LongSupplier nanoTime;
    private final KnownViolations known = new KnownViolations();
    private final WatchMetrics metrics;
    private final PeriodicTask task;
    /** Everything before was judged; null: nothing was. */
    private @Nullable Since judgedUntil;

    private long nextFull;

    /** @param first what the first round judges; empty: everything */
    public LawWatch(Judge judge, Rhythm rhythm, Optional<Since> first, MeterRegistry registry) {
        this(judge, rhythm, first, registry, System::nanoTime);
    }

    LawWatch(Judge judge, Rhythm rhythm, Optional<Since> first, MeterRegistry registry, LongSupplier nanoTime) {
        this.judge = judge;
        this.rhythm = rhythm;
        this.nanoTime = nanoTime;
        this.metrics = new WatchMetrics(registry, known);
        this.judgedUntil = first.orElse(null);
        this.nextFull =
                nanoTime.getAsLong() + (first.isPresent() ? rhythm.full().toNanos() : 0);
        this.task = new PeriodicTask(
                "law-watch",
                Timing.interruptedAtStop(rhythm.pause()),
                this::round,
                failure -> LOG.error("a round of verify failed: the next one is in {}", rhythm.pause(), failure));
    }

    public void start() {
        task.start();
    }

    /** Returns the pause until the next one. */
    Duration round() throws InterruptedException {
        long begin = nanoTime.getAsLong();
        Since since = judgedUntil;
        if (since == null || begin - nextFull >= 0) {
            judge(Round.FULL, Optional.empty(), begin);
        } else {
            judge(Round.CHANGES, Optional.of(since), begin);
        }
        return rhythm.pause();
    }

    private void judge(Round round, Optional<Since> since, long begin) throws InterruptedException {
        try {
            var judgement = judge.judge(since, round.limit());
            judgedUntil = new Since.At(judgement.at());
            if (round == Round.FULL) {
                nextFull = begin + rhythm.full().toNanos();
            }
            known.learn(judgement).forEach(verdict -> tell(verdict, judgement));
            metrics.judged(round, judgement, Duration.ofNanos(nanoTime.getAsLong() - begin));
        } catch (Since.NotYet clockSetBack) {
            LOG.warn("the database's clock was set back: the next round judges everything");
            nextFull = begin;
            metrics.failed(round);
        } catch (SQLException e) {
            metrics.failed(round);
            LOG.warn(
                    "the laws could not be judged ({}): {}. The next round is in {} s",
                    round.label(),
                    e.getMessage(),
                    rhythm.pause().toSeconds());
            if (round == Round.FULL && tookTooLong(e)) {
                // Not again at once: its snapshot would never end. Changes are judged meanwhile.
                nextFull = begin + rhythm.full().toNanos();
                if (judgedUntil == null) {
                    judgedUntil = new Since.Ago(round.limit().plus(rhythm.pause()));
                }
            }
        }
    }

    private static boolean tookTooLong(SQLException failure) {
        return failure instanceof SQLTimeoutException || LedgerFault.isCancelled(failure);
    }

    /** Ids alone, and no content. */
    private static void tell(Verdict verdict, Judgement judgement) {
        if (verdict.holds()) {
            LOG.warn("the law {} holds again: it was judged in full at {}", verdict.law(), judgement.at());
            return;
        }
        String what = switch (judgement.extent()) {
            case Extent.Everything everything -> "in everything";
            case Extent.Changes changes -> "in what has changed since " + changes.since();
        };
        LOG.error(
                "the law {} is broken: {} violations {}, among them {}. ./pedidos verify shows more",
                verdict.law(),
                verdict.violations(),
                what,
                verdict.ids());
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
