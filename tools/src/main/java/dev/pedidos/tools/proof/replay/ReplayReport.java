package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.report.Verdicts;
import java.util.List;
import java.util.stream.Collectors;

/** Tells the result of a replay. */
public final class ReplayReport {

    private ReplayReport() {}

    public static String text(LedgerReplay.Result result) {
        String text = RootLocale.format(
                        "%,d events in %.1f s: %,.0f events/s%n", result.events(), seconds(result), result.perSecond())
                + Verdicts.text(verdicts(result));
        return text
                + line(
                        result.withoutContent(),
                        "%,d pedidos were accepted before the content was in the event: it is taken from their rows%n")
                + line(
                        result.droppedOperations(),
                        "%,d operations are not compared: pedidos of their events were in dropped months%n");
    }

    private static String line(long number, String text) {
        return number == 0 ? "" : RootLocale.format(text, number);
    }

    /** One line for each projection. */
    public static List<Verdict> verdicts(LedgerReplay.Result result) {
        return result.projections().stream().map(ReplayReport::verdict).toList();
    }

    private static Verdict verdict(Projection projection) {
        String rows = RootLocale.format("%,d rows", projection.rows());
        return new Verdict(
                projection.name(),
                projection.equal()
                        ? rows + ", as the events give them"
                        : rows + RootLocale.format(", %,d are not as the events give them", projection.differences()),
                projection.differences(),
                projection.examples());
    }

    public static String text(ProjectionSwitch.Result done) {
        String rows = done.written().stream()
                .map(one -> RootLocale.format("%s %,d", one.projection(), one.rows()))
                .collect(Collectors.joining(", "));
        return done.left() == 0
                ? "rows put in place: " + rows
                : RootLocale.format(
                        "rows put in place: %s; %,d differences are left: no event says what belongs there",
                        rows, done.left());
    }

    private static double seconds(LedgerReplay.Result result) {
        return result.took().toNanos() / 1e9;
    }
}
