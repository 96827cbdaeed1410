package dev.pedidos.shared.ledger.estoque;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sets and reads the stock. Only workers reserve. */
public final class EstoqueLedger {

    /** How much of a sku is to be available. */
    public record StockLevel(String sku, long disponivel) {}

    private static final String ANSWER = Sql.named("estoque_answer");
    private static final String INSERT_MISSING = Sql.named("estoque_insert_missing");
    private static final String LOCK = Sql.named("estoque_lock");
    private static final String SET = Sql.named("estoque_set");

    private final Database database;

    public EstoqueLedger(Database database) {
        this.database = database;
    }

    public Optional<String> answer(String sku) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ANSWER)
                        .bind(0, sku)
                        .mapTo(String.class)
                        .findOne());
    }

    /**
     * Sets all or nothing, and records each change as an event.
     *
     * @param levels no sku twice
     * @return what {@link #answer} gives for each sku in this transaction, in any order
     */
    public List<String> set(List<StockLevel> levels) throws SQLException {
        return database.jdbi().inTransaction(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement missing = connection.prepareStatement(INSERT_MISSING);
                    PreparedStatement lock = connection.prepareStatement(LOCK);
                    PreparedStatement set = connection.prepareStatement(SET)) {
                SqlArrays.setTexts(missing, 1, levels, StockLevel::sku);
                missing.executeUpdate();
                SqlArrays.setTexts(lock, 1, levels, StockLevel::sku);
                lock.executeQuery().close();
                SqlArrays.setTexts(set, 1, levels, StockLevel::sku);
                SqlArrays.set(set, 2, "bigint", levels, StockLevel::disponivel);
                return answers(set, levels.size());
            }
        });
    }

    private static List<String> answers(PreparedStatement set, int expected) throws SQLException {
        List<String> answers = new ArrayList<>(expected);
        try (var rows = set.executeQuery()) {
            while (rows.next()) {
                answers.add(rows.getString("answer"));
            }
        }
        if (answers.size() != expected) {
            throw new IllegalStateException(RootLocale.format("set %d of %d skus", answers.size(), expected));
        }
        return answers;
    }
}
