package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Judges a ledger as it is, or with changes of its owner in a transaction that is rolled back. */
public final class Judging {

    private Judging() {}

    /**
     * Of a system that runs, as its programs' role sees the ledger.
     *
     * @param judged laws that must be among those that hold
     */
    public static void assertEveryLawHolds(TestSystem system, String... judged) throws SQLException {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            var verdicts = LedgerLaws.checkRunning(snapshot);
            assertThat(verdicts).filteredOn(verdict -> !verdict.holds()).isEmpty();
            assertThat(judged).isSubsetOf(verdicts.stream().map(Verdict::law).toList());
        }
    }

    /** @param since empty: everything is judged */
    public static Judgement with(TestSystem system, Optional<Since> since, String... statements) throws SQLException {
        try (var owner = system.owner()) {
            owner.setAutoCommit(false);
            try (var statement = owner.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            var judgement = LedgerLaws.judge(owner, AsOf.NOW, since, JudgingLimit.none());
            owner.rollback();
            return judgement;
        }
    }

    /** The laws that these changes break; everything is judged. */
    public static List<String> brokenBy(TestSystem system, String... statements) throws SQLException {
        return broken(with(system, Optional.empty(), statements));
    }

    /** The laws that are broken. */
    public static List<String> broken(Judgement judgement) {
        return judgement.verdicts().stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::law)
                .toList();
    }
}
