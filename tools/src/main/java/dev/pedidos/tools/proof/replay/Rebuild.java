package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.LongConsumer;

/** Folds the events of pedidos and stock into the tables of schema replay. */
final class Rebuild {
    /** A statement folds so many: about half a second, and no lock that a program waits for. */
    private static final int AT_ONCE = 100_000;

    private static final String SCHEMA = Sql.fill(Statements.named("schema"), Map.of("source", Statements.SOURCE));
    private static final String PEDIDOS = Statements.named("pedidos");
    private static final String STOCK = Statements.named("stock");
    private static final String STOCK_SETTLED = Statements.named("stock_settled");

    private final Session session;
    private final Events events;
    private long place;
    private long count;

    Rebuild(Connection ledger) {
        this.session = new Session(ledger);
        this.events = new Events(ledger);
    }

    /** Drops what an earlier replay left, and creates empty tables. */
    void begin() throws SQLException {
        session.execute(SCHEMA);
    }

    /** Folds the events up to this id, of which none is still to come. */
    void settled(long last, LongConsumer at) throws SQLException {
        session.execute(Statements.NO_LOOPS);
        upTo(last, at, this::foldSettled);
        session.execute("analyze replay.pedidos");
        session.execute(Statements.named("stock_sum"));
        session.execute(Statements.named("stock_sum_estoque"));
        session.execute("truncate replay.moves, replay.stock_set");
        session.execute("analyze replay.reservas");
        session.execute(Statements.LOOPS);
    }

    /** Folds the few events after those, in the transaction in which all is compared. */
    void newest(long last) throws SQLException {
        session.execute(Statements.NO_LOOPS);
        upTo(last, place -> {}, this::foldNewest);
        session.execute(Statements.LOOPS);
    }

    private interface Fold {
        void fold(String window) throws SQLException;
    }

    private void upTo(long last, LongConsumer at, Fold fold) throws SQLException {
        while (place < last) {
            var next = events.next(place, last, AT_ONCE);
            if (next.count() == 0) {
                place = last;
            } else {
                fold.fold(RootLocale.format(
                        "(select * from replay.events where id > %d and id <= %d offset 0)", place, next.until()));
                count += next.count();
                place = next.until();
            }
            at.accept(place);
        }
    }

    private void foldSettled(String window) throws SQLException {
        foldPedidos(window);
        session.execute(Sql.fill(STOCK_SETTLED, Map.of("events", window)));
    }

    private void foldNewest(String window) throws SQLException {
        foldPedidos(window);
        session.execute(Sql.fill(STOCK, Map.of("moves", Statements.moves(window, "replay.pedidos"), "events", window)));
    }

    private void foldPedidos(String window) throws SQLException {
        session.execute(Sql.fill(PEDIDOS, Map.of("fold", Statements.fold(window, "replay.pedidos"))));
    }

    /** Events that were folded. */
    long count() {
        return count;
    }
}
