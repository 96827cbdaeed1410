package dev.pedidos.tools.proof.demo;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.ClockOffset;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.LedgerPedido;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.Latencies;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing.Address;
import dev.pedidos.tools.proof.load.Tally;
import dev.pedidos.tools.proof.report.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of a demo, each with its source: the client's history, the ledger, or a comparison of both. */
public final class DemoReport {
    private static final String CLIENT = "client's history";
    private static final String LEDGER = "ledger";
    private static final String MADE = "made so";
    private static final String BOTH = "client's history and ledger";

    private static final int MOST_PERCENT = 90;
    private static final List<String> ALWAYS_SHOWN = List.of("COMPLETED", "REJECTED", "DEAD_LETTERED");

    /** Of pedidos and of events of operations. */
    private final Map<Address, List<LoadAnswer>> answers;

    private final ClientHistory history;
    /** Without the pedidos that carry events. */
    private final List<LedgerPedido> ledger;

    private final ClockOffset clock;

    public DemoReport(
            List<LoadAnswer> answers, ClientHistory history, Map<String, LedgerPedido> ledger, ClockOffset clock) {
        this.answers = answers.stream()
                .collect(Collectors.groupingBy(answer -> answer.pedido().address()));
        this.history = history;
        this.ledger = ledger.values().stream().filter(row -> !isEvent(row)).toList();
        this.clock = clock;
    }

    /**
     * @param verdicts of the laws on the ledger and the history, for the two that belong to the figures
     * @param onPurpose the intended trouble, with the number of times
     */
    public String text(List<Verdict> verdicts, Map<String, Long> onPurpose) {
        Tally tally = tally(Address.PEDIDOS);
        var figures = new Figures()
                .count("sent", tally.sent(), CLIENT)
                .count("accepted (202)", answered(tally, 202), CLIENT)
                .count("duplicates answered (200)", answered(tally, 200), CLIENT)
                .count("conflicts refused (409)", answered(tally, 409), CLIENT);
        long other = tally.sent() - tally.accepted() - answered(tally, 409);
        if (other > 0 || tally.retries() > 0) {
            figures.count("other answers", other, CLIENT).count("sent again after 503", tally.retries(), CLIENT);
        }
        Tally events = tally(Address.OPERATIONS);
        if (events.sent() > 0) {
            figures.count("events accepted (202)", answered(events, 202), CLIENT)
                    .count("events answered again (200)", answered(events, 200), CLIENT);
        }
        onPurpose.forEach((what, count) -> figures.count(what, count, MADE));
        outcomes().forEach((outcome, count) -> figures.count(outcome, count, LEDGER));
        figures.count("order violations", violations(verdicts, "order-as-the-client-saw-it"), BOTH)
                .text("stock check", violations(verdicts, "estoque-adds-up") == 0 ? "exact" : "WRONG", LEDGER)
                .rate("accepted per second", answered(tally, 202) / tally.seconds(), CLIENT);
        speed(figures, tally);
        return figures.toString();
    }

    private Tally tally(Address address) {
        var tally = new Tally();
        answers.getOrDefault(address, List.of()).forEach(tally);
        return tally;
    }

    private boolean isEvent(LedgerPedido row) {
        var sent = history.pedidos().get(row.pedidoId());
        return sent != null && sent.sendings().getFirst().answer().pedido().address() == Address.OPERATIONS;
    }

    private static long answered(Tally tally, int status) {
        return tally.byStatus().getOrDefault(status, 0L);
    }

    /** By status, and by motivo if there is one; the three most important ones are listed even with 0. */
    private Map<String, Long> outcomes() {
        Map<String, SortedMap<String, Long>> byStatus = new LinkedHashMap<>();
        ALWAYS_SHOWN.forEach(status -> byStatus.put(status, new TreeMap<>()));
        for (LedgerPedido pedido : ledger) {
            String motivo = pedido.motivo() == null ? "" : " " + pedido.motivo();
            byStatus.computeIfAbsent(pedido.status(), any -> new TreeMap<>()).merge(motivo, 1L, Long::sum);
        }
        Map<String, Long> outcomes = new LinkedHashMap<>();
        byStatus.forEach((status, byMotivo) -> {
            if (byMotivo.isEmpty()) {
                outcomes.put(status, 0L);
            }
            byMotivo.forEach((motivo, count) -> outcomes.put(status + motivo, count));
        });
        return outcomes;
    }

    private static long violations(List<Verdict> verdicts, String law) {
        return verdicts.stream()
                .filter(verdict -> verdict.law().equals(law))
                .mapToLong(Verdict::violations)
                .sum();
    }

    /**
     * The time from the first POST of each pedido to its final state; the database's clock is converted to the
     * client's.
     */
    private void speed(Figures figures, Tally tally) {
        var latencies = new Latencies();
        long firstStart = Long.MAX_VALUE;
        List<Long> finals = new ArrayList<>();
        for (LedgerPedido row : ledger) {
            Instant finalAt = row.finalAt();
            var sent = history.pedidos().get(row.pedidoId());
            if (finalAt != null && sent != null) {
                firstStart = Math.min(firstStart, sent.firstStartNanos());
                finals.add(clock.nanoTime(finalAt));
                latencies.add(clock.nanoTime(finalAt) - sent.firstStartNanos());
            }
        }
        if (!finals.isEmpty()) {
            finals.sort(null);
            // The last ones wait for further attempts, which says nothing about speed.
            int most = Math.max(1, finals.size() * MOST_PERCENT / 100);
            double seconds = Math.max(1, finals.get(most - 1) - firstStart) / 1e9;
            figures.rate(RootLocale.format("processed per second (first %d %%)", MOST_PERCENT), most / seconds, BOTH)
                    .time("p50 of the answer to a POST", tally.latencies().percentile(50), CLIENT)
                    .time("p99 of the answer to a POST", tally.latencies().percentile(99), CLIENT)
                    .time("p50 from POST to final state", latencies.percentile(50), BOTH)
                    .time("p99 from POST to final state", latencies.percentile(99), BOTH);
        }
    }
}
