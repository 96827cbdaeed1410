package dev.pedidos.shared.ledger.relay;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Death;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What still has to reach the broker, and the marks of what has. */
public final class RelayLedger {
    /**
     * What a claim came to.
     *
     * @param more whether there was more to look at than the claim's bounds allow
     */
    public record Claim(List<Due> due, boolean more) {}

    private record LookedAt(Optional<Due> due, int found) {}

    private static final String CLAIM = Sql.named("claim_for_relay");
    private static final String BRING_FORWARD = Sql.named("bring_forward");
    private static final String MARK = Sql.named("mark_published");
    private static final Comparator<Due> TURN =
            Comparator.comparing(Due::recebedorId).thenComparingLong(Due::ordem).thenComparing(Due::pedidoId);

    private final Database database;
    private final Duration signOfLife;

    /** @param signOfLife after which a published pedido is looked at, if nothing was heard of it */
    public RelayLedger(Database database, Duration signOfLife) {
        this.database = database;
        this.signOfLife = signOfLife;
    }

    /**
     * Looks at what is due. Committed when it returns; whoever does not publish in time leaves them to the next claim.
     *
     * @param atMost how many to look at; those with nothing to be published are looked at again later
     * @param bytes at which it stops; a single larger one is claimed alone
     * @return what is to be published, each receiver's in their order
     */
    public Claim claim(int atMost, long bytes, Duration lease) {
        return database.jdbi().withHandle(handle -> {
            List<LookedAt> lookedAt = handle.createQuery(CLAIM)
                    .bind(0, atMost)
                    .bind(1, bytes)
                    .bind(2, seconds(lease))
                    .bind(3, seconds(signOfLife))
                    .bind(4, seconds(signOfLife))
                    .map((row, context) -> new LookedAt(due(row), row.getInt("due")))
                    .list();
            int found = lookedAt.isEmpty() ? 0 : lookedAt.getFirst().found();
            return new Claim(
                    lookedAt.stream()
                            .flatMap(one -> one.due().stream())
                            .sorted(TURN)
                            .toList(),
                    found == atMost || found > lookedAt.size());
        });
    }

    private static Optional<Due> due(ResultSet row) throws SQLException {
        String payload = row.getString("payload");
        return payload == null ? Optional.empty() : Optional.of(due(row, payload));
    }

    private static Due due(ResultSet row, String payload) throws SQLException {
        var version = new Version(
                row.getString("pedido_id"), row.getInt("ciclo"), row.getInt("agendamento"), row.getInt("tentativas"));
        var status = Status.valueOf(row.getString("status"));
        return new Due(
                version,
                status,
                row.getLong("ordem"),
                row.getString("tipo"),
                row.getString("recebedor_id"),
                row.getString("origem"),
                payload,
                status == Status.DEAD_LETTERED ? Optional.of(death(row, version)) : Optional.empty());
    }

    private static Death death(ResultSet row, Version version) throws SQLException {
        return new Death(
                row.getString("motivo"),
                row.getString("erro_classe"),
                version.tentativas(),
                row.getString("first_failure"),
                row.getString("last_failure"));
    }

    /** What waits for a time that was set before the database's clock was put back is due now. */
    public void bringForward() {
        database.jdbi().useHandle(handle -> handle.execute(BRING_FORWARD));
    }

    /** @return how many rows were still as they had been published */
    public int mark(List<PublishedMark> marks) throws SQLException {
        database.refuseWhileDown();
        return database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(MARK)) {
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", column(marks, mark -> mark.version().pedidoId())));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text", column(marks, mark -> mark.status().name())));
                statement.setArray(
                        3,
                        connection.createArrayOf(
                                "integer", column(marks, mark -> mark.version().ciclo())));
                statement.setArray(
                        4,
                        connection.createArrayOf(
                                "integer", column(marks, mark -> mark.version().agendamento())));
                statement.setDouble(5, seconds(signOfLife));
                return statement.executeUpdate();
            }
        });
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <T> Object[] column(List<PublishedMark> marks, Function<PublishedMark, T> value) {
        return marks.stream().map(value).toArray();
    }
}
