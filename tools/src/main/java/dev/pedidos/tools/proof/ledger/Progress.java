package dev.pedidos.tools.proof.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The progress of a ledger.
 *
 * @param attempts of the unfinished ones; the number grows while retries go on
 */
public record Progress(long unfinished, long attempts) {
    private static final String UNFINISHED = """
            select count(*), coalesce(sum(tentativas), 0)
            from pedidos
            where status in ('PENDING', 'PROCESSING', 'RETRYING')
            """;

    public static Progress read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(UNFINISHED)) {
            row.next();
            return new Progress(row.getLong(1), row.getLong(2));
        }
    }
}
