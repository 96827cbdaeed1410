package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Marks everything that the broker should hold, so that the relays of the running APIs publish it again. */
public final class Recovery implements AutoCloseable {
    private static final int AT_ONCE = 1_000;
    /** Longer than the database lets a program's session be idle in its transaction. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
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

    /**
     * Marks in batches, so that the fleet works on meanwhile; returns the number of pedidos.
     *
     * @throws Failed others had the rows of some locked all the time
     */
    public long markAll() throws SQLException, InterruptedException, Failed {
        List<String> inUse = new ArrayList<>();
        long marked;
        try (var snapshot = Ledger.snapshot(url)) {
            marked = CancellableSql.on(List.of(ledger, snapshot), () -> markAll(snapshot, inUse));
        }
        return marked + markThose(inUse);
    }

    private long markAll(Connection snapshot, List<String> inUse) throws SQLException {
        long marked = 0;
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            List<String> some = new ArrayList<>();
            try (var rows = statement.executeQuery(TO_RECOVER)) {
                while (rows.next()) {
                    some.add(rows.getString(1));
                    if (some.size() == AT_ONCE) {
                        marked += mark(some, inUse);
                        some.clear();
                    }
                }
            }
            return marked + mark(some, inUse);
        }
    }

    /** A worker keeps the row of a pedido for a moment. */
    private long markThose(List<String> inUse) throws SQLException, InterruptedException, Failed {
        long marked = 0;
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = inUse;
        while (!left.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new Failed(RootLocale.format(
                        "%,d pedidos were not marked: other sessions have kept their rows locked for %d s. End those sessions and"
                                + " repeat this: pedidos that are marked already do no harm",
                        left.size(), PATIENCE.toSeconds()));
            }
            Thread.sleep(LOOK_AGAIN);
            List<String> stillInUse = new ArrayList<>();
            List<String> these = left;
            marked += CancellableSql.on(ledger, () -> mark(these, stillInUse));
            left = stillInUse;
        }
        return marked;
    }

    /** @param inUse gets those whose rows others have locked */
    private long mark(List<String> pedidoIds, List<String> inUse) throws SQLException {
        long marked = 0;
        try (var statement = ledger.prepareStatement(RECOVER)) {
            statement.setArray(1, ledger.createArrayOf("text", pedidoIds.toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean("marked")) {
                        marked++;
                    } else {
                        inUse.add(rows.getString("pedido_id"));
                    }
                }
            }
            return marked;
        }
    }

    /** The number of marked pedidos that are due and not published yet. */
    public long left() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, this::countLeft);
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
