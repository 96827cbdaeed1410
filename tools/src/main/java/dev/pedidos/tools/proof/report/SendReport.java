package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Tally;

/** The text that `send` prints at its end. */
public final class SendReport {
    private static final String CLIENT = "";
    private static final int LONGEST_BODY = 1_000;

    private SendReport() {}

    public static String text(Tally tally) {
        var figures = new Figures().count("lines", tally.sent(), CLIENT);
        tally.byStatus().forEach((status, count) -> figures.count("  " + meaning(status), count, CLIENT));
        figures.count("sent again", tally.retries(), CLIENT);
        if (tally.answered() > 0) {
            figures.rate("answered per second", tally.answered() / tally.seconds(), CLIENT)
                    .time("p50 of the answer time", tally.latencies().percentile(50), CLIENT)
                    .time("p99 of the answer time", tally.latencies().percentile(99), CLIENT);
        }
        var text = new StringBuilder(figures.toString());
        for (LoadAnswer answer : tally.refused()) {
            text.append(RootLocale.format(
                    "  line %d: %s %s%n",
                    answer.pedido().line(), meaning(answer.status()), OneLine.of(answer.body(), LONGEST_BODY)));
        }
        return text.toString();
    }

    private static String meaning(int status) {
        return switch (status) {
            case LoadAnswer.NOT_REACHED -> "not sent (no connection)";
            case LoadAnswer.FOREIGN -> "not accepted (not the API's answer)";
            case LoadAnswer.NONE -> "no answer (unknown whether accepted)";
            case 200 -> "200 accepted before";
            case 202 -> "202 accepted";
            case 409 -> "409 conflict";
            case 503 -> "503 unavailable";
            default -> Integer.toString(status);
        };
    }
}
