package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Asks the ledger which pedidos it does not know. No API sweeps the dead letters meanwhile. */
final class UnknownPedidos implements AutoCloseable {
    private static final String TRY_LOCK = Sql.named("try_sweep_lock");
    private static final String UNKNOWN = Sql.named("unknown_pedidos");
    private static final String NAME = "select coalesce((select ledger::text from fleet), '')";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Connection ledger;

    private UnknownPedidos(Connection ledger) {
        this.ledger = ledger;
    }

    /** @throws Failed others sweep the dead letters all the time */
    static UnknownPedidos open(DatabaseUrl url) throws SQLException, InterruptedException, Failed {
        var ledger = Ledger.connect(url);
        try {
            ledger.setAutoCommit(false);
            awaitLock(ledger);
        } catch (SQLException | InterruptedException | Failed | RuntimeException e) {
            ledger.close();
            throw e;
        }
        return new UnknownPedidos(ledger);
    }

    private static void awaitLock(Connection ledger) throws SQLException, InterruptedException, Failed {
        long from = System.nanoTime();
        while (!CancellableSql.on(ledger, () -> tryLock(ledger))) {
            if (System.nanoTime() - from > PATIENCE.toNanos()) {
                throw new Failed(
                        "an API has swept the dead letters for " + PATIENCE.toSeconds() + " s: try again later");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static boolean tryLock(Connection ledger) throws SQLException {
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(TRY_LOCK)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The name of the ledger; empty if it has none. */
    String ledgerName() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, this::readName);
    }

    private String readName() throws SQLException {
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(NAME)) {
            row.next();
            return row.getString(1);
        }
    }

    Set<String> of(Set<String> pedidoIds) throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, () -> read(pedidoIds));
    }

    private Set<String> read(Set<String> pedidoIds) throws SQLException {
        try (var statement = ledger.prepareStatement(UNKNOWN)) {
            SqlArrays.setTexts(statement, 1, pedidoIds, id -> id);
            Set<String> unknown = new HashSet<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    unknown.add(rows.getString(1));
                }
            }
            return unknown;
        }
    }

    @Override
    public void close() throws SQLException {
        ledger.close();
    }
}
