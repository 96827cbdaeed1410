package dev.pedidos.shared.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What still has to reach the broker, and the marks of what has. */
public final class RelayLedger {
    private static final String CLAIM = Sql.named("claim_for_relay");
    private static final String MARK = Sql.named("mark_published");
    private static final Comparator<Due> TURN =
            Comparator.comparing(Due::recebedorId).thenComparingLong(Due::ordem).thenComparing(Due::pedidoId);

    private final Database database;

    public RelayLedger(Database database) {
        this.database = database;
    }

    /**
     * Committed when it returns; whoever does not publish in time leaves them to the next claim.
     *
     * @return each receiver's in their order
     */
    public List<Due> claim(int atMost, Duration lease) {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(CLAIM)
                        .bind(0, atMost)
                        .bind(1, lease.toMillis() / 1000.0)
                        .map((row, context) -> new Due(
                                row.getString("pedido_id"),
                                row.getLong("ordem"),
                                row.getString("tipo"),
                                row.getString("recebedor_id"),
                                row.getString("origem"),
                                Status.valueOf(row.getString("status")),
                                row.getInt("ciclo"),
                                row.getInt("tentativas"),
                                row.getString("payload"),
                                row.getString("erro_classe") == null
                                        ? Optional.empty()
                                        : Optional.of(new Due.Death(
                                                row.getString("motivo"),
                                                row.getString("erro_classe"),
                                                row.getString("first_failure"),
                                                row.getString("last_failure")))))
                        .stream()
                        .sorted(TURN)
                        .toList());
    }

    /** @return how many rows were still as they had been published */
    public int mark(List<PublishedMark> marks) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(MARK)) {
                statement.setArray(1, connection.createArrayOf("text", column(marks, PublishedMark::pedidoId)));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text", column(marks, mark -> mark.status().name())));
                statement.setArray(3, connection.createArrayOf("integer", column(marks, PublishedMark::ciclo)));
                statement.setArray(4, connection.createArrayOf("integer", column(marks, PublishedMark::tentativas)));
                return statement.executeUpdate();
            }
        });
    }

    private static <T> Object[] column(List<PublishedMark> marks, Function<PublishedMark, T> value) {
        return marks.stream().map(value).toArray();
    }
}
