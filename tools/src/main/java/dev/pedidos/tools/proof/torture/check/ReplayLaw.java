package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.replay.LedgerReplay;
import dev.pedidos.tools.proof.replay.Projection;
import dev.pedidos.tools.proof.replay.ReplayWatch;
import java.sql.SQLException;
import java.util.List;

/** Every projection is as a replay of all events gives it. */
final class ReplayLaw {
    static final String NAME = "replay-gives-every-projection";

    private ReplayLaw() {}

    static Verdict check(DatabaseUrl owner) throws SQLException, InterruptedException {
        try (var replay = new LedgerReplay(owner)) {
            if (!replay.begin()) {
                throw new SQLException("somebody else replays this ledger");
            }
            var result = replay.run(ReplayWatch.NONE);
            List<String> examples = result.projections().stream()
                    .flatMap(projection -> projection.examples().stream().map(one -> projection.name() + " " + one))
                    .limit(Verdict.MOST_EXAMPLES)
                    .toList();
            return new Verdict(
                    NAME,
                    RootLocale.format("%,d events, %,.0f events/s", result.events(), result.perSecond()),
                    result.projections().stream()
                            .mapToLong(Projection::differences)
                            .sum(),
                    examples);
        }
    }
}
