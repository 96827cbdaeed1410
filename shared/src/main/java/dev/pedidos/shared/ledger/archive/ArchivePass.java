package dev.pedidos.shared.ledger.archive;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerLock;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One pass through all final pedidos that are old enough, a few at a time, each few in a short transaction. Of all processes
 * only one is at it: it holds a lock in a session of its own, outside any transaction. If it is frozen, the database ends that session.
 */
public final class ArchivePass implements AutoCloseable {

    /**
     * A few pedidos.
     *
     * @param moved how many of them are in the archive now
     * @param overdueSeconds how long the oldest of them had been due
     */
    public record Batch(int moved, double overdueSeconds) {}

    private record Final(String tipo, String status) {}

    private record Candidate(String pedidoId, long ordem, LocalDate mes, boolean due, double overdueSeconds) {
        private static Candidate of(ResultSet row) throws SQLException {
            return new Candidate(
                    row.getString("pedido_id"),
                    row.getLong("ordem"),
                    row.getObject("mes", LocalDate.class),
                    row.getBoolean("due"),
                    row.getDouble("overdue_seconds"));
        }
    }

    private static final ArchiveMoves.Limits LIMITS =
            new ArchiveMoves.Limits(Duration.ofSeconds(10), Duration.ofMinutes(10));

    /** The longest rest between two batches. */
    public static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private static final Duration FROZEN_AFTER = LONGEST_REST.plusMinutes(1);

    private static final String TRY_LOCK = "select pg_try_advisory_lock(" + Sql.named("archive_lock_key") + ")";
    private static final String END_IDLE_SESSION = "select set_config('idle_session_timeout', ?, false)";
    private static final String LISTS = Sql.named("archive_lists");
    private static final String DUE = Sql.named("archive_due");
    private static final String OPEN_MONTH = "select open_archive_month(?)";

    private final Database database;
    private final Handle session;
    private final Duration age;
    private final ArchiveMoves moves;
    private final Deque<Final> lists = new ArrayDeque<>();
    private final Set<LocalDate> opened = new HashSet<>();
    private long afterOrdem = Long.MIN_VALUE;
    private String afterId = "";

    private ArchivePass(Database database, Handle session, Duration age, ArchiveMoves moves) {
        this.database = database;
        this.session = session;
        this.age = age;
        this.moves = moves;
    }

    /**
     * Empty if another process is at it.
     *
     * @param age of the pedidos to move, counted from their acceptance and from their last change
     */
    public static Optional<ArchivePass> tryBegin(Database database, Duration age) {
        return tryBegin(database, age, LIMITS, FROZEN_AFTER);
    }

    /**
     * As {@link #tryBegin(Database, Duration)}.
     *
     * @param frozenAfter after a rest of this length the database ends the session
     */
    public static Optional<ArchivePass> tryBegin(
            Database database, Duration age, ArchiveMoves.Limits limits, Duration frozenAfter) {
        return LedgerLock.tryTake(database, TRY_LOCK)
                .map(session -> begun(database, session, age, limits, frozenAfter));
    }

    private static ArchivePass begun(
            Database database, Handle session, Duration age, ArchiveMoves.Limits limits, Duration frozenAfter) {
        var pass = new ArchivePass(database, session, age, new ArchiveMoves(session, limits));
        try {
            pass.begin(frozenAfter);
            return pass;
        } catch (RuntimeException e) {
            try (pass) {
                throw e;
            }
        }
    }

    private void begin(Duration frozenAfter) {
        session.createQuery(END_IDLE_SESSION)
                .bind(0, frozenAfter.toMillis() + "ms")
                .mapTo(String.class)
                .one();
        moves.begin();
        session.createQuery(LISTS)
                .map((row, context) -> new Final(row.getString("tipo"), row.getString("status")))
                .forEach(lists::add);
    }

    /**
     * Moves the next few; empty when the pass is at its end. If those cannot be moved together, it moves none, and fewer the next
     * time. One that cannot be moved by itself is skipped.
     *
     * @throws JdbiException nothing can be moved now
     */
    public Optional<Batch> next() {
        while (!lists.isEmpty()) {
            List<Candidate> few = lookAt(lists.element());
            if (!few.isEmpty()) {
                OptionalInt moved = move(few.stream().filter(Candidate::due).toList());
                if (moved.isPresent()) {
                    afterOrdem = few.getLast().ordem();
                    afterId = few.getLast().pedidoId();
                }
                return Optional.of(new Batch(moved.orElse(0), few.getFirst().overdueSeconds()));
            }
            lists.remove();
            afterOrdem = Long.MIN_VALUE;
            afterId = "";
        }
        return Optional.empty();
    }

    private List<Candidate> lookAt(Final list) {
        return session.createQuery(DUE)
                .bind(0, SqlTime.seconds(age))
                .bind(1, list.tipo())
                .bind(2, list.status())
                .bind(3, afterOrdem)
                .bind(4, afterId)
                .bind(5, moves.most())
                .map((row, context) -> Candidate.of(row))
                .list();
    }

    private OptionalInt move(List<Candidate> due) {
        for (Candidate one : due) {
            if (!opened.contains(one.mes())) {
                open(one.mes());
                opened.add(one.mes());
            }
        }
        return moves.tryMove(due.stream().map(Candidate::pedidoId).toList());
    }

    private void open(LocalDate mes) {
        session.execute(OPEN_MONTH, mes);
    }

    @Override
    public void close() {
        database.end(session);
    }
}
