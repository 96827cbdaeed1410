package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerLock;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.message.Letter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The ledger's view of dead letters for one sweep of their queue; a lock lets only one sweep run at a time. It sees
 * the ledger as of its beginning. A letter that was published by then and is not found in the queue has been taken out
 * by somebody; a letter published later does not count as missing.
 */
public final class DlqSnapshot implements AutoCloseable {
    /** If this program freezes while it looks at the queue, the database ends the transaction. */
    private static final String BEGIN = "set transaction isolation level repeatable read, read only;"
            + " set local idle_in_transaction_session_timeout = '60s'";

    private static final String TRY_LOCK = Sql.named("try_sweep_lock");
    private static final String STALE = Sql.named("stale_letters");
    private static final String PUBLISHED = Sql.named("published_letters");
    private static final int ROWS_AT_ONCE = 1_000;

    private final Database database;
    private final Handle handle;

    private DlqSnapshot(Database database, Handle handle) {
        this.database = database;
        this.handle = handle;
    }

    /** Empty if another sweep is running. */
    public static Optional<DlqSnapshot> tryBegin(Database database) {
        return LedgerLock.tryTake(database, DlqSnapshot::begin, TRY_LOCK)
                .map(handle -> new DlqSnapshot(database, handle));
    }

    private static void begin(Handle handle) {
        handle.begin();
        handle.execute(BEGIN);
    }

    /**
     * The letters whose pedido has been redriven or discarded. Asks the ledger as of now: this snapshot does
     * not show a death that was recorded after its beginning.
     */
    public Set<Letter> stale(Collection<Letter> letters) throws SQLException {
        keepAlive();
        return database.jdbi().withHandle(now -> {
            Connection connection = now.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(STALE)) {
                setLetters(statement, letters);
                Set<Letter> stale = new HashSet<>();
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        stale.add(letter(rows));
                    }
                }
                return stale;
            }
        });
    }

    /** @param atMost limits the result */
    public List<MissingLetter> missing(Predicate<Letter> isThere, int atMost) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(PUBLISHED)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            List<MissingLetter> missing = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (missing.size() < atMost && rows.next()) {
                    var letter = letter(rows);
                    if (!isThere.test(letter)) {
                        missing.add(new MissingLetter(letter, rows.getString("row_version")));
                    }
                }
            }
            return missing;
        }
    }

    /** A look at a long queue takes longer than a transaction may be idle. */
    private void keepAlive() {
        handle.execute("select 1");
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(row.getString("pedido_id"), row.getInt("ciclo"));
    }

    /** Their ids, and the ciclo of each. */
    private static void setLetters(PreparedStatement statement, Collection<Letter> letters) throws SQLException {
        SqlArrays.setTexts(statement, 1, letters, Letter::pedidoId);
        SqlArrays.set(statement, 2, "integer", letters, Letter::ciclo);
    }

    @Override
    public void close() {
        try (handle) {
            handle.rollback();
        }
    }
}
