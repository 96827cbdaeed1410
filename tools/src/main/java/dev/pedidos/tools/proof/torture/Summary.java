package dev.pedidos.tools.proof.torture;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.LedgerCounts;
import dev.pedidos.tools.proof.report.Verdicts;
import dev.pedidos.tools.proof.torture.faults.FaultTally;
import dev.pedidos.tools.proof.torture.load.Recorder;
import dev.pedidos.tools.proof.torture.system.LedgerAdmin;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text at the end of a run: pedidos sent, faults and their hits, the states of the pedidos, the laws. */
record Summary(TorturePlan plan, Recorder recorder, FaultTally tally, int fallen, List<Verdict> verdicts) {

    String text(LedgerAdmin ledger) throws IOException, SQLException {
        LedgerCounts counts;
        try (var connection = ledger.connect()) {
            counts = LedgerCounts.read(connection);
        }
        long broken = verdicts.stream().filter(verdict -> !verdict.holds()).count();
        return RootLocale.format(
                """

                torture: seed %d, %d s of load, %d APIs, %d workers
                answers: %s
                cancels: %s
                by AMQP: %s
                ledger:  %s
                programs that ended by themselves: %d
                faults (injected / hit / things hit / could not be injected):
                %s
                laws:
                %s%s
                """,
                plan.seed(),
                plan.load().toSeconds(),
                plan.apis(),
                plan.workers(),
                answers("requests", recorder.byStatus()),
                answers("cancellations", recorder.byCancel()),
                answers("messages", recorder.byConfirm()),
                joined(counts.byStatus()),
                fallen,
                faults(),
                Verdicts.text(verdicts),
                broken == 0 ? "every law was kept" : broken + " laws are broken");
    }

    private static String answers(String what, Map<Integer, Long> byStatus) {
        long all = byStatus.values().stream().mapToLong(Long::longValue).sum();
        return all + " " + what + ": "
                + byStatus.entrySet().stream()
                        .map(each -> (each.getKey() == 0 ? "none" : each.getKey()) + " " + each.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String joined(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private String faults() {
        return tally.counts().entrySet().stream()
                .map(each -> RootLocale.format(
                        "  %-28s %3d / %3d / %5d / %d",
                        each.getKey(),
                        each.getValue().injected(),
                        each.getValue().hit(),
                        each.getValue().things(),
                        each.getValue().failed()))
                .collect(Collectors.joining("\n"));
    }
}
