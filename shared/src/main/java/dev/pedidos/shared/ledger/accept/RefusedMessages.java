package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.message.FieldError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Records messages that are no pedidos. */
public final class RefusedMessages {
    private static final String REFUSE = Sql.named("refuse_message");

    private final Database database;

    public RefusedMessages(Database database) {
        this.database = database;
    }

    public void record(RefusedMessage message) throws SQLException {
        database.jdbi().useHandle(handle -> record(handle.getConnection(), message));
    }

    static void record(Connection connection, RefusedMessage message) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REFUSE)) {
            statement.setString(1, message.sha256());
            statement.setString(2, message.motivo());
            statement.setString(3, message.queue());
            statement.setInt(4, message.size());
            statement.setString(5, message.erroClasse());
            statement.setInt(6, message.furtherFaults());
            SqlArrays.setTexts(statement, 7, message.faults(), FieldError::field);
            SqlArrays.setTexts(statement, 8, message.faults(), FieldError::message);
            statement.executeUpdate();
        }
    }
}
