package dev.pedidos.tools.proof.laws;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The verdicts about a ledger at one moment. A law that was not judged has no verdict.
 *
 * @param at by the clock of the database
 * @param inFull verdicts about everything that there is
 * @param forChanges verdicts about what has changed
 */
public record Judgement(
        Instant at, Extent extent, List<Verdict> inFull, List<Verdict> forChanges, List<NotJudged> notJudged) {

    /** A law that was not judged, with the reason. */
    public record NotJudged(String law, String why) {}

    public List<Verdict> verdicts() {
        return Stream.concat(inFull.stream(), forChanges.stream()).toList();
    }

    /** No law that was judged is broken. */
    public boolean holds() {
        return verdicts().stream().allMatch(Verdict::holds);
    }
}
