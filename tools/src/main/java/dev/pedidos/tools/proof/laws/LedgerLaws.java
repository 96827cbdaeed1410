package dev.pedidos.tools.proof.laws;

import dev.pedidos.tools.proof.laws.Judgement.NotJudged;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks every {@link Law} and the {@link OperationsLaw} on one snapshot. */
public final class LedgerLaws {
    private static final String NOT_FOR_CHANGES = "needs the whole ledger: run verify without --since";
    private static final String NOT_READABLE = "this role may not read what it needs";

    private LedgerLaws() {}

    /**
     * Everything, for a running system.
     *
     * @param snapshot of {@link Ledger#snapshot}
     */
    public static List<Verdict> checkRunning(Connection snapshot) throws SQLException {
        return judge(snapshot, AsOf.NOW, Optional.empty(), JudgingLimit.none()).verdicts();
    }

    /**
     * @param snapshot of {@link Ledger#snapshot}
     * @param since empty: everything is judged
     */
    public static Judgement judge(Connection snapshot, AsOf asOf, Optional<Since> since, JudgingLimit limit)
            throws SQLException {
        var statements = new LawStatements(snapshot, limit);
        Instant moment = statements.moment(asOf);
        Extent extent = since.isPresent()
                ? Changes.find(snapshot, since.get().moment(moment), limit)
                : new Extent.Everything(statements.archived());
        var scope = scope(extent);
        List<Verdict> inFull = new ArrayList<>();
        List<Verdict> forChanges = new ArrayList<>();
        List<NotJudged> notJudged = new ArrayList<>();
        for (Law law : Law.ALL) {
            if (since.isPresent() && law.needs() == Needs.THE_WHOLE_LEDGER) {
                notJudged.add(new NotJudged(law.name(), NOT_FOR_CHANGES));
                continue;
            }
            statements
                    .judge(law, scope)
                    .ifPresentOrElse(
                            (since.isPresent() && law.needs() == Needs.ITS_PEDIDOS ? forChanges : inFull)::add,
                            () -> notJudged.add(new NotJudged(law.name(), NOT_READABLE)));
        }
        (since.isPresent() ? forChanges : inFull).add(OperationsLaw.check(snapshot, scope, limit));
        return new Judgement(moment, extent, inFull, forChanges, notJudged);
    }

    private static Scope scope(Extent extent) {
        return switch (extent) {
            case Extent.Everything everything -> Scope.EVERYTHING;
            case Extent.Changes changes -> Scope.changedAfter(changes.after());
        };
    }

    /** A law of a drill, on everything. */
    public static Verdict check(Connection snapshot, Law law) throws SQLException {
        return new LawStatements(snapshot, JudgingLimit.none())
                .judge(law, Scope.EVERYTHING)
                .orElseThrow();
    }
}
