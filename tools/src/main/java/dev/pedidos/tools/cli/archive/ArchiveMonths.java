package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.laws.Ledger;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The months of a ledger's archive. A month is three tables. */
final class ArchiveMonths implements AutoCloseable {

    /** @param pedidos about */
    record Month(String mes, long pedidos, String size) {}

    private static final List<String> TABLES =
            List.of("pedidos_arquivados", "eventos_arquivados", "reservas_arquivadas");
    private static final String MONTHS = Sql.read(ArchiveMonths.class, "/archive/months.sql");
    private static final String EXPORT = Sql.read(ArchiveMonths.class, "/archive/export.sql");
    private static final String KEEP_SUMS = Sql.read(ArchiveMonths.class, "/archive/keep_sums.sql");
    private static final String IN_LEDGER_AGAIN = Sql.read(ArchiveMonths.class, "/archive/in_ledger_again.sql");
    /** Each may have megabytes. */
    private static final int AT_ONCE = 10;

    private static final int MOST_TRIES = 60;

    private final DatabaseUrl url;
    private final Connection ledger;

    ArchiveMonths(DatabaseUrl url) throws SQLException {
        this.url = url;
        this.ledger = Ledger.connect(url);
    }

    List<Month> list() throws SQLException {
        try (var statement = ledger.createStatement();
                var rows = statement.executeQuery(MONTHS)) {
            List<Month> months = new ArrayList<>();
            while (rows.next()) {
                months.add(new Month(rows.getString("mes"), rows.getLong("pedidos"), rows.getString("bytes")));
            }
            return months;
        }
    }

    /** @throws Failed the archive has no such month */
    Month require(YearMonth mes) throws SQLException, Failed {
        return list().stream()
                .filter(month -> month.mes().equals(mes.toString()))
                .findFirst()
                .orElseThrow(() -> new Failed("the archive has no month " + mes));
    }

    /** Writes a line for each pedido; returns their number. */
    long export(YearMonth mes, Writer out) throws SQLException, IOException {
        try (var snapshot = Ledger.snapshot(url);
                var statement = snapshot.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            long lines = 0;
            try (var rows = statement.executeQuery(of(EXPORT, part(mes)))) {
                while (rows.next()) {
                    out.write(rows.getString(1));
                    out.write('\n');
                    lines++;
                }
            }
            return lines;
        }
    }

    /**
     * In one transaction. While it waits for those that read the archive, others that want to read it wait too: so it
     * waits for a second only, and again after a pause.
     *
     * @param exported must have as many pedidos as the month
     * @throws Failed the ledger has a pedido of the month again, and the month has its events; or pedidos were archived after the
     *     export
     */
    void drop(YearMonth mes, Optional<ExportedFile> exported) throws SQLException, InterruptedException, Failed {
        for (int tries = 1; ; tries++) {
            try {
                dropOnce(mes, exported);
                return;
            } catch (SQLException e) {
                if (!LedgerFault.isLockTimeout(e) || tries == MOST_TRIES) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private void dropOnce(YearMonth mes, Optional<ExportedFile> exported) throws SQLException, Failed {
        String part = part(mes);
        ledger.setAutoCommit(false);
        try (var statement = ledger.createStatement()) {
            statement.execute("set local lock_timeout = '1s'");
            // In the order in which the archiver takes them.
            statement.execute("lock table eventos_arquivados, reservas_arquivadas, pedidos_arquivados");
            refuseIfInLedgerAgain(statement, part);
            if (exported.isPresent()) {
                refuseIfOthersThan(exported.get(), statement, mes);
            }
            statement.execute(of(KEEP_SUMS, part));
            for (String table : TABLES) {
                statement.execute("drop table " + table + "_" + part);
            }
            ledger.commit();
        } finally {
            ledger.rollback();
            ledger.setAutoCommit(true);
        }
    }

    private static void refuseIfInLedgerAgain(Statement statement, String part) throws SQLException, Failed {
        try (var row = statement.executeQuery(of(IN_LEDGER_AGAIN, part))) {
            if (row.next()) {
                throw new Failed(RootLocale.format(
                        "the pedido %s of this month was cancelled after it was archived: the ledger has it again, and the month has its"
                                + " events. Nothing was dropped. The archiver takes it again after PEDIDOS_ARQUIVAR_APOS: then export"
                                + " the month again, and drop it",
                        row.getString("pedido_id")));
            }
        }
    }

    private static void refuseIfOthersThan(ExportedFile file, Statement statement, YearMonth mes)
            throws SQLException, Failed {
        long pedidos = count(statement, part(mes));
        if (pedidos > file.pedidos()) {
            throw new Failed(RootLocale.format(
                    "%s has %,d pedidos, %s has %,d of them: %,d were archived after the export. Nothing was dropped. Export the"
                            + " month again",
                    mes, pedidos, file.path(), file.pedidos(), pedidos - file.pedidos()));
        }
        if (pedidos < file.pedidos()) {
            throw new Failed(RootLocale.format(
                    "%s has %,d pedidos, %s has %,d: it is not an export of this month as it is now. Nothing was dropped",
                    mes, pedidos, file.path(), file.pedidos()));
        }
    }

    private static long count(Statement statement, String part) throws SQLException {
        try (var row = statement.executeQuery("select count(*) from pedidos_arquivados_" + part)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String of(String statement, String part) {
        return Sql.fill(statement, Map.of("mes", part));
    }

    private static String part(YearMonth mes) {
        return mes.toString().replace('-', '_');
    }

    @Override
    public void close() throws SQLException {
        ledger.close();
    }
}
