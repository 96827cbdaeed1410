package dev.pedidos.shared.ledger.webhook;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.ledger.SqlTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The webhooks to be delivered, for the workers of a fleet together. No lock is held while one is sent. */
public final class WebhookLedger {
    private static final String ENDPOINTS = Sql.named("webhook_endpoints");
    private static final String CLAIM = Sql.named("webhook_claim");
    private static final String RECORD = Sql.named("webhook_record");
    private static final String EXPIRE = Sql.named("webhook_expire");
    private static final String FORGET = Sql.named("webhook_forget");
    private static final String REDELIVER = Sql.named("webhook_redeliver");

    private final Database database;

    public WebhookLedger(Database database) {
        this.database = database;
    }

    /**
     * The endpoints that have webhooks, in their order.
     *
     * @param after the last one of the look before; empty: from the beginning
     * @param longestWait nothing waits longer, unless the clock of the database was set back
     */
    public List<WebhookEndpoint> endpoints(String after, int most, Duration longestWait) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ENDPOINTS)
                        .bind(0, after)
                        .bind(1, most)
                        .bind(2, SqlTime.seconds(longestWait))
                        .map((row, context) -> new WebhookEndpoint(row.getString("endpoint"), row.getBoolean("due")))
                        .list());
    }

    /**
     * Begins attempts.
     *
     * @param wanted how many of each endpoint at most
     * @param bytes how many of all together at most
     * @param lease longer than an attempt takes
     * @param longestWait as for {@link #endpoints}
     */
    public List<WebhookAttempt> claim(Map<String, Integer> wanted, long bytes, Duration lease, Duration longestWait) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(CLAIM)
                        .bind(0, SqlTime.seconds(longestWait))
                        .bindArray(1, String.class, List.copyOf(wanted.keySet()))
                        .bindArray(2, Integer.class, List.copyOf(wanted.values()))
                        .bind(3, bytes)
                        .bind(4, SqlTime.seconds(lease))
                        .map((row, context) -> new WebhookAttempt(
                                row.getString("webhook_id"),
                                row.getInt("ciclo"),
                                row.getInt("tentativas"),
                                row.getString("endpoint"),
                                row.getString("url"),
                                row.getString("corpo"),
                                row.getLong("agora")))
                        .list());
    }

    /**
     * Records what became of attempts.
     *
     * @param giveUpAfter how long a webhook is tried
     * @return the status of each webhook that this changed, by its id
     */
    public Map<String, WebhookStatus> record(List<WebhookResult> results, Duration giveUpAfter) throws SQLException {
        return database.jdbi().withHandle(handle -> record(handle.getConnection(), results, giveUpAfter));
    }

    private static Map<String, WebhookStatus> record(
            Connection connection, List<WebhookResult> results, Duration giveUpAfter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            bind(statement, results, giveUpAfter);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, WebhookStatus> changed = new LinkedHashMap<>();
                while (rows.next()) {
                    changed.put(rows.getString("webhook_id"), WebhookStatus.valueOf(rows.getString("status")));
                }
                return changed;
            }
        }
    }

    private static void bind(PreparedStatement statement, List<WebhookResult> results, Duration giveUpAfter)
            throws SQLException {
        SqlArrays.setTexts(statement, 1, results, result -> result.attempt().webhookId());
        SqlArrays.set(
                statement, 2, "integer", results, result -> result.attempt().ciclo());
        SqlArrays.set(
                statement, 3, "integer", results, result -> result.attempt().tentativa());
        SqlArrays.setTexts(statement, 4, results, result -> result.ending().name());
        SqlArrays.set(statement, 5, "bigint", results, result -> result.pause().toMillis());
        SqlArrays.set(statement, 6, "integer", results, WebhookResult::httpStatus);
        SqlArrays.setTexts(statement, 7, results, WebhookResult::resposta);
        SqlArrays.setTexts(statement, 8, results, WebhookResult::erro);
        SqlArrays.set(
                statement,
                9,
                "integer",
                results,
                result -> Math.toIntExact(result.duration().toMillis()));
        statement.setDouble(10, SqlTime.seconds(giveUpAfter));
    }

    /** Gives up those whose time is over and that no attempt is made for. Returns how many. */
    public int expire(Duration giveUpAfter, int most) {
        return change(EXPIRE, giveUpAfter, most);
    }

    /** Deletes those that ended longer ago than this. Returns how many. */
    public int forget(Duration after, int most) {
        return change(FORGET, after, most);
    }

    private int change(String statement, Duration age, int most) {
        return database.jdbi()
                .withHandle(handle -> handle.createUpdate(statement)
                        .bind(0, SqlTime.seconds(age))
                        .bind(1, most)
                        .execute());
    }

    /** Sends a webhook again. False if there is none with this id. */
    public boolean redeliver(String webhookId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(REDELIVER)
                        .bind(0, webhookId)
                        .mapTo(String.class)
                        .findOne()
                        .isPresent());
    }
}
