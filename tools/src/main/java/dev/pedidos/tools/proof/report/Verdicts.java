package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.runtime.Terminal;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Judgement.NotJudged;
import dev.pedidos.tools.proof.laws.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** One line per law, with the first few violations below it. */
public final class Verdicts {

    private Verdicts() {}

    /** Says what was judged, and which laws were not. */
    public static String text(Judgement judgement) {
        int names = Stream.concat(
                        judgement.verdicts().stream().map(Verdict::law),
                        judgement.notJudged().stream().map(NotJudged::law))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        var text = new StringBuilder();
        switch (judgement.extent()) {
            case Extent.Everything(long archived) -> {
                text.append(lines(judgement.inFull(), names));
                if (archived > 0) {
                    text.append(RootLocale.format("%,d of these pedidos are in the archive%n", archived));
                }
            }
            case Extent.Changes changes ->
                text.append(title(changes))
                        .append(lines(judgement.forChanges(), names))
                        .append("judged in full:\n")
                        .append(lines(judgement.inFull(), names));
        }
        if (!judgement.notJudged().isEmpty()) {
            text.append("not judged:\n");
            judgement
                    .notJudged()
                    .forEach(law -> text.append(
                            RootLocale.format("  -         %s  %s%n", padded(law.law(), names), law.why())));
        }
        return text.toString();
    }

    private static String title(Extent.Changes changes) {
        String all = changes.about() == 0 ? "" : RootLocale.format(" of about %,d", changes.about());
        return RootLocale.format(
                "since %s: judged for the %,d%s pedidos with an event above %d, those from %s on%n",
                changes.since(), changes.pedidos(), all, changes.after(), changes.from());
    }

    public static String text(List<Verdict> verdicts) {
        return lines(
                verdicts,
                verdicts.stream().mapToInt(each -> each.law().length()).max().orElse(0));
    }

    private static String lines(List<Verdict> verdicts, int names) {
        var text = new StringBuilder();
        for (Verdict verdict : verdicts) {
            String outcome = verdict.holds() ? good("OK      ") : bad("VIOLATED");
            text.append(RootLocale.format("  %s  %s  %s%n", outcome, padded(verdict.law(), names), verdict.counted()));
            verdict.examples()
                    .forEach(example ->
                            text.append("            ").append(example).append('\n'));
            if (verdict.violations() > verdict.examples().size()) {
                long more = verdict.violations() - verdict.examples().size();
                text.append("            and ").append(more).append(" more\n");
            }
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String good(String text) {
        return coloured("32", text);
    }

    private static String bad(String text) {
        return coloured("31;1", text);
    }

    private static String coloured(String colour, String text) {
        return Terminal.onStdout() && System.getenv("NO_COLOR") == null
                ? "\u001b[" + colour + "m" + text + "\u001b[0m"
                : text;
    }
}
