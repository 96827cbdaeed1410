package dev.pedidos.api.operate;

import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.deadletter.LetterAudit;
import dev.pedidos.shared.ledger.deadletter.MissingLetters;
import dev.pedidos.shared.message.Letter;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the queue of dead letters with the ledger: takes out what is no longer true, and has published again what is
 * missing. What somebody has in hand and puts back is not missing, so a letter has to be missed twice in a row. One that is
 * published again all the same is a second copy, which a later comparison takes out.
 */
public final class LetterAuditor {

    /**
     * What a comparison came to.
     *
     * @param suspected letters that were missed and not missed the time before
     * @param again letters that the relays publish again
     */
    public record Audited(int lookedAt, int removed, int suspected, int again) {}

    /** Of one comparison; the next one follows soon. */
    private static final int MOST_MISSING = 50_000;

    private final DeadLetterQueue queue;
    private final Database database;
    private final MissingLetters missingLetters;
    private final AgainPause pause = new AgainPause();
    private Set<Letter> suspected = Set.of();

    public LetterAuditor(DeadLetterQueue queue, Database database) {
        this.queue = queue;
        this.database = database;
        this.missingLetters = new MissingLetters(database);
    }

    /** Empty where another instance is comparing. */
    public Optional<Audited> audit() throws Exception {
        DeadLetterQueue.Swept swept;
        Set<Letter> missing;
        try (var audit = LetterAudit.tryBegin(database).orElse(null)) {
            if (audit == null) {
                return Optional.empty();
            }
            swept = queue.sweep(audit::stale);
            // A look that did not reach all that lies there cannot say what is missing.
            missing = swept.complete()
                    ? new HashSet<>(audit.missing(swept.kept()::contains, MOST_MISSING))
                    : new HashSet<>();
        }
        if (swept.complete() && missing.isEmpty()) {
            pause.end();
        }
        List<Letter> missedAgain = missing.stream().filter(suspected::contains).toList();
        int newlySuspected = missing.size() - missedAgain.size();
        suspected = missing;
        return Optional.of(new Audited(swept.lookedAt(), swept.removed(), newlySuspected, publishAgain(missedAgain)));
    }

    private int publishAgain(List<Letter> lost) throws SQLException {
        if (lost.isEmpty() || !pause.isOver(System.nanoTime())) {
            return 0;
        }
        pause.begin(System.nanoTime());
        lost.forEach(suspected::remove);
        return missingLetters.publishAgain(lost);
    }
}
