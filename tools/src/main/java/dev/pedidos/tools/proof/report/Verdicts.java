package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import java.util.List;

/** One line per law, with the first few violations below it. */
public final class Verdicts {

    private Verdicts() {}

    public static String text(List<Verdict> verdicts) {
        int names =
                verdicts.stream().mapToInt(each -> each.law().length()).max().orElse(0);
        var text = new StringBuilder();
        for (Verdict verdict : verdicts) {
            String outcome = verdict.holds() ? Terminal.good("OK      ") : Terminal.bad("VIOLATED");
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
}
