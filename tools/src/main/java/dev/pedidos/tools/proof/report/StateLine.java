package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.LedgerCounts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The state of a running system in one line, with the changes since the line before. */
public final class StateLine {
    private @Nullable LedgerCounts last;
    private long lastNanos;

    /** Null if nothing has changed since the last call. */
    public @Nullable String next(LedgerCounts counts, long nowNanos) {
        LedgerCounts before = last;
        if (counts.equals(before)) {
            lastNanos = nowNanos;
            return null;
        }
        String rates = before == null
                ? ""
                : RootLocale.format(
                        "  (accepted %s/s, processed %s/s)",
                        perSecond(counts.accepted() - before.accepted(), nowNanos),
                        perSecond(finished(counts) - finished(before), nowNanos));
        last = counts;
        lastNanos = nowNanos;
        return text(counts) + rates;
    }

    public static String text(LedgerCounts counts) {
        return RootLocale.format(
                "accepted %s  COMPLETED %s  REJECTED %s  unfinished %s  DEAD_LETTERED %s",
                Figures.grouped(counts.accepted()),
                Figures.grouped(counts.of("COMPLETED")),
                Figures.grouped(counts.of("REJECTED")),
                Figures.grouped(counts.unfinished()),
                Figures.grouped(counts.of("DEAD_LETTERED")));
    }

    private static long finished(LedgerCounts counts) {
        return counts.accepted() - counts.unfinished();
    }

    private String perSecond(long more, long nowNanos) {
        double seconds = Math.max(1, nowNanos - lastNanos)
                / (double) Duration.ofSeconds(1).toNanos();
        return Figures.grouped(Math.round(more / seconds));
    }
}
