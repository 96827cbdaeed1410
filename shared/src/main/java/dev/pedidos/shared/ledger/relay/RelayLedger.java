package dev.pedidos.shared.ledger.relay;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.ledger.SqlTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds pedidos that the broker may not have, and marks those that it has. */
public final class RelayLedger {
    /**
     * The result of a claim.
     *
     * @param more whether there was more than the claim's bounds allow
     */
    public record Claim(List<Due> due, boolean more) {}

    private record LookedAt(Optional<Due> due, int found) {}

    /** A search stops after so many lines: it locks a row in each. */
    private static final int LINES_AT_ONCE = 500;

    private static final String CLAIM = Sql.named("claim_for_relay");
    private static final String BRING_FORWARD = Sql.named("bring_forward");
    private static final String HEADS = Sql.named("heads_for_relay");
    private static final String MARK = Sql.named("mark_published");
    private static final Comparator<Due> TURN =
            Comparator.comparing(Due::recebedorId).thenComparingLong(Due::ordem).thenComparing(Due::pedidoId);

    private final Database database;
    private final Duration signOfLife;
    /** Where the last {@link #bringForward} stopped; empty: the next one begins with the time furthest ahead. */
    private volatile Optional<OffsetDateTime> lookedAtDownTo = Optional.empty();

    /** The receiver where the last {@link #watchHeads} stopped; empty: the next one begins with the first. */
    private volatile String searchedUpTo = "";

    /** @param signOfLife a published pedido is looked at if it has not changed for this long */
    public RelayLedger(Database database, Duration signOfLife) {
        this.database = database;
        this.signOfLife = signOfLife;
    }

    /**
     * Claims pedidos that are due. The claim is committed when it returns; a pedido that is not published in time is claimed
     * again.
     *
     * @param atMost so many pedidos are looked at; a pedido that needs no message now is looked at again later
     * @param lease at least; at most twice as long
     * @param bytes it stops at this many; a larger pedido is claimed alone
     * @return the pedidos to publish, those of each receiver in their order
     */
    public Claim claim(int atMost, long bytes, Duration lease) {
        return database.jdbi().withHandle(handle -> {
            List<LookedAt> lookedAt = handle.createQuery(CLAIM)
                    .bind(0, atMost)
                    .bind(1, bytes)
                    .bind(2, SqlTime.seconds(lease))
                    .bind(3, SqlTime.seconds(signOfLife))
                    .map((row, context) -> new LookedAt(Due.of(row), row.getInt("due")))
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

    /**
     * Heads of lines that are still unfinished after this time are due. Their messages may be lost. Each call looks at some of the
     * lines.
     *
     * @return false if the next call begins with the first line
     */
    public boolean watchHeads(Duration time) {
        searchedUpTo = database.jdbi()
                .withHandle(handle -> handle.createQuery(HEADS)
                        .bind("after", searchedUpTo)
                        .bind("most", LINES_AT_ONCE)
                        .bind("seconds", SqlTime.seconds(time))
                        .mapTo(String.class)
                        .findOne()
                        .orElse(""));
        return !searchedUpTo.isEmpty();
    }

    /** Makes pedidos due whose time was set before the database's clock was put back. Each call looks at a few of them. */
    public void bringForward() {
        var before = lookedAtDownTo;
        lookedAtDownTo = database.jdbi()
                .withHandle(handle -> handle.createQuery(BRING_FORWARD)
                        .bindBySqlType(0, before.orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                        .map((row, context) -> row.getBoolean("more")
                                ? Optional.of(row.getObject("nearest", OffsetDateTime.class))
                                : Optional.<OffsetDateTime>empty())
                        .one())
                .filter(nearest -> !before.equals(Optional.of(nearest)));
    }

    /** @return how many rows still had the version that was published */
    public int mark(List<PublishedMark> marks) throws SQLException {
        database.refuseWhileDown();
        return database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement statement = connection.prepareStatement(MARK)) {
                SqlArrays.setTexts(statement, 1, marks, mark -> mark.version().pedidoId());
                SqlArrays.setTexts(statement, 2, marks, mark -> mark.status().name());
                SqlArrays.set(
                        statement, 3, "integer", marks, mark -> mark.version().ciclo());
                SqlArrays.set(
                        statement, 4, "integer", marks, mark -> mark.version().agendamento());
                statement.setDouble(5, SqlTime.seconds(signOfLife));
                return statement.executeUpdate();
            }
        });
    }
}
