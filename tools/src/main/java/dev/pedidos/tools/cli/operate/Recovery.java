package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.tools.proof.laws.InterruptibleWork;
import dev.pedidos.tools.proof.laws.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Marks everything that the broker should hold, so that the relays of the running APIs publish it again. */
public final class Recovery implements AutoCloseable {
    private static final int AT_ONCE = 1_000;
    private static final String TO_RECOVER = Sql.named("to_recover");
    private static final String RECOVER = Sql.named("recover");
    private static final String LEFT = Sql.named("left_to_recover");

    private final DatabaseUrl url;
    private final Connection ledger;
    private final OffsetDateTime begun;

    public Recovery(DatabaseUrl url) throws SQLException {
        this.url = url;
        this.ledger = Ledger.connect(url);
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            begun = row.getObject(1, OffsetDateTime.class);
        }
    }

    /** Marks in batches, so that the fleet works on meanwhile; returns the number of pedidos. */
    public long markAll() throws SQLException, InterruptedException {
        try (var snapshot = Ledger.snapshot(url)) {
            return InterruptibleWork.on(List.of(ledger, snapshot), () -> markAll(snapshot));
        }
    }

    private long markAll(Connection snapshot) throws SQLException {
        long marked = 0;
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            List<String> some = new ArrayList<>();
            try (var rows = statement.executeQuery(TO_RECOVER)) {
                while (rows.next()) {
                    some.add(rows.getString(1));
                    if (some.size() == AT_ONCE) {
                        marked += mark(some);
                        some.clear();
                    }
                }
            }
            return marked + mark(some);
        }
    }

    private int mark(List<String> pedidoIds) throws SQLException {
        try (var statement = ledger.prepareStatement(RECOVER)) {
            statement.setArray(1, ledger.createArrayOf("text", pedidoIds.toArray()));
            return statement.executeUpdate();
        }
    }

    /** The number of marked pedidos that are due and not published yet. */
    public long left() throws SQLException, InterruptedException {
        return InterruptibleWork.on(ledger, this::countLeft);
    }

    private long countLeft() throws SQLException {
        try (var statement = ledger.prepareStatement(LEFT)) {
            statement.setObject(1, begun);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        ledger.close();
    }
}
