package dev.pedidos.api.deadletter;

import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.DeadLetterQueue.QueueSwept;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.deadletter.DlqSnapshot;
import dev.pedidos.shared.ledger.deadletter.MissingLetter;
import dev.pedidos.shared.ledger.deadletter.MissingLetters;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the queue of dead letters with the ledger: removes copies that are no longer true, and has missing ones
 * published again. A letter that somebody holds for a moment is not missing, so it has to be missed twice in a row
 * since it was last published, perhaps by another instance. If a second copy arises, a later sweep removes it.
 */
public final class DlqSweep {

    /**
     * The result of a sweep.
     *
     * @param missedOnce letters that were missed now and not the time before
     * @param republished letters that the relays publish again
     */
    public record Swept(int lookedAt, int removed, int missedOnce, int republished) {}

    /** Per sweep; the next one follows soon. */
    private static final int MOST_MISSING = 50_000;

    private final DeadLetterQueue queue;
    private final Database database;
    private final MissingLetters missingLetters;
    private final RepublishBackoff backoff = new RepublishBackoff();
    private Set<MissingLetter> missedBefore = Set.of();

    public DlqSweep(DeadLetterQueue queue, Database database) {
        this.queue = queue;
        this.database = database;
        this.missingLetters = new MissingLetters(database);
    }

    /** Empty if another instance is sweeping. */
    public Optional<Swept> run() throws Exception {
        try (var snapshot = DlqSnapshot.tryBegin(database).orElse(null)) {
            if (snapshot == null) {
                return Optional.empty();
            }
            missingLetters.adopt();
            QueueSwept inQueue = queue.sweep(snapshot::stale);
            // Only a look at the whole queue can tell that a letter is missing.
            Set<MissingLetter> missing = inQueue.complete()
                    ? new HashSet<>(snapshot.missing(inQueue.kept()::contains, MOST_MISSING))
                    : new HashSet<>();
            // Still under the lock: the snapshot of the next instance must show which letters are published again.
            return Optional.of(swept(inQueue, missing));
        }
    }

    private Swept swept(QueueSwept inQueue, Set<MissingLetter> missing) throws SQLException {
        if (inQueue.complete() && missing.isEmpty()) {
            backoff.end();
        }
        List<MissingLetter> missedAgain =
                missing.stream().filter(missedBefore::contains).toList();
        int missedOnce = missing.size() - missedAgain.size();
        missedBefore = missing;
        return new Swept(inQueue.lookedAt(), inQueue.removed(), missedOnce, publishAgain(missedAgain));
    }

    private int publishAgain(List<MissingLetter> lost) throws SQLException {
        if (lost.isEmpty() || !backoff.isOver(System.nanoTime())) {
            return 0;
        }
        backoff.begin(System.nanoTime());
        lost.forEach(missedBefore::remove);
        return missingLetters.publishAgain(lost);
    }
}
