package dev.pedidos.e2e.system;

import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Judges a ledger in which its owner has changed something, in a transaction that is rolled back. */
public final class Judging {

    private Judging() {}

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

    /** The laws that are broken. */
    public static List<String> broken(Judgement judgement) {
        return judgement.verdicts().stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::law)
                .toList();
    }
}
