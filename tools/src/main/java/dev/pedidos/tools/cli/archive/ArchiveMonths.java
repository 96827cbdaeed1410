package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.ledger.CancellableSql;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The months of a ledger's archive. A month is three tables. */
final class ArchiveMonths implements AutoCloseable {

    /** @param pedidos about */
    record Month(String mes, long pedidos, String size) {}

    private static final List<String> TABLES =
            List.of("pedidos_arquivados", "eventos_arquivados", "reservas_arquivadas");
    private static final String MONTHS = Sql.read(ArchiveMonths.class, "/archive/months.sql");
    private static final String EXPORT = Sql.read(ArchiveMonths.class, "/archive/export.sql");
    private static final String TOTALS_OF_EXPORT = Sql.read(ArchiveMonths.class, "/archive/totals_of_export.sql");
    private static final String TOTALS = Sql.read(ArchiveMonths.class, "/archive/totals.sql");
    private static final String KEEP_SUMS = Sql.read(ArchiveMonths.class, "/archive/keep_sums.sql");
    private static final String IN_LEDGER_AGAIN = Sql.read(ArchiveMonths.class, "/archive/in_ledger_again.sql");
    /** Each may have megabytes. */
    private static final int AT_ONCE = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LOCK = "lock table eventos_arquivados, reservas_arquivadas, pedidos_arquivados in ";

    private final DatabaseUrl url;
    private final Connection ledger;

    ArchiveMonths(DatabaseUrl url) throws SQLException {
        this.url = url;
        this.ledger = Ledger.connect(url);
    }

    List<Month> list() throws SQLException, InterruptedException {
        return CancellableSql.on(ledger, this::read);
    }

    private List<Month> read() throws SQLException {
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
    Month require(YearMonth mes) throws SQLException, InterruptedException, Failed {
        return list().stream()
                .filter(month -> month.mes().equals(mes.toString()))
                .findFirst()
                .orElseThrow(() -> new Failed("the archive has no month " + mes));
    }

    /** Writes a line for each pedido, and one with the totals; returns the number of pedidos. */
    long export(YearMonth mes, Writer out) throws SQLException, IOException, InterruptedException {
        try (var snapshot = Ledger.snapshot(url)) {
            return CancellableSql.on(snapshot, () -> export(snapshot, mes, out));
        }
    }

    private static long export(Connection snapshot, YearMonth mes, Writer out) throws SQLException, IOException {
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            long pedidos = 0;
            try (var rows = statement.executeQuery(ofPlaces(EXPORT, mes))) {
                while (rows.next()) {
                    out.write(rows.getString(1));
                    out.write('\n');
                    pedidos++;
                }
            }
            try (var row = statement.executeQuery(ofPlaces(TOTALS_OF_EXPORT, mes))) {
                row.next();
                out.write(totals(pedidos, row).line());
                out.write('\n');
            }
            return pedidos;
        }
    }

    private static String ofPlaces(String statement, YearMonth mes) {
        return Sql.fill(statement, Map.of("since", place(mes), "until", place(mes.plusMonths(1))));
    }

    private static MonthTotals totals(long pedidos, ResultSet row) throws SQLException {
        return new MonthTotals(pedidos, row.getLong("eventos"), row.getLong("ultimo_evento"));
    }

    /** The first place of a month: microseconds. */
    private static String place(YearMonth mes) {
        long second = mes.atDay(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        return Long.toString(TimeUnit.SECONDS.toMicros(second));
    }

    /**
     * In one transaction. While it waits for those that read the archive, others that want to read it wait too: so it
     * waits for a second only, and again after a pause.
     *
     * @param exported must have all pedidos and events of the month
     * @param say is told once that it waits
     * @throws Failed the ledger has a pedido of the month again, and the month has its events; or pedidos or events were
     *     archived after the export; or the archive was in use all the time
     */
    void drop(YearMonth mes, Optional<ExportedFile> exported, Consumer<String> say)
            throws SQLException, InterruptedException, Failed {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (boolean first = true; !CancellableSql.on(ledger, () -> dropOnce(mes, exported)); first = false) {
            if (System.nanoTime() > end) {
                throw new Failed("the archive is in use, perhaps by verify, a backup or an export. Nothing was dropped."
                        + " Try it again");
            }
            if (first) {
                say.accept("the archive is in use: this waits for up to " + PATIENCE.toMinutes() + " minutes");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /**
     * The slow part comes before the lock that readers wait for.
     *
     * @return false: a lock was not free
     */
    private boolean dropOnce(YearMonth mes, Optional<ExportedFile> exported) throws SQLException, Failed {
        String part = part(mes);
        ledger.setAutoCommit(false);
        try (var statement = ledger.createStatement()) {
            statement.execute("set local lock_timeout = '1s'");
            // In the order in which the archiver takes them.
            statement.execute(LOCK + "share row exclusive mode");
            refuseIfInLedgerAgain(statement, part);
            if (exported.isPresent()) {
                refuseIfOthersThan(exported.get(), statement, mes);
            }
            statement.execute(of(KEEP_SUMS, part));
            statement.execute(LOCK + "access exclusive mode");
            for (String table : TABLES) {
                statement.execute("drop table " + table + "_" + part);
            }
            ledger.commit();
            return true;
        } catch (SQLException e) {
            // A deadlock is one with someone who reads and then wants to write: a cancellation.
            if (LedgerFault.isInUse(e)) {
                return false;
            }
            throw e;
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
        MonthTotals now;
        try (var row = statement.executeQuery(of(TOTALS, part(mes)))) {
            row.next();
            now = totals(row.getLong("pedidos"), row);
        }
        if (now.equals(file.totals())) {
            return;
        }
        refuseIfMore("pedidos", now.pedidos(), file.totals().pedidos(), file, mes);
        refuseIfMore("events", now.events(), file.totals().events(), file, mes);
        throw new Failed(RootLocale.format(
                "%s has %,d pedidos and %,d events, %s has %,d and %,d: it is not an export of this month as it is now. Nothing was"
                        + " dropped",
                mes,
                now.pedidos(),
                now.events(),
                file.path(),
                file.totals().pedidos(),
                file.totals().events()));
    }

    private static void refuseIfMore(String what, long now, long then, ExportedFile file, YearMonth mes) throws Failed {
        if (now > then) {
            throw new Failed(RootLocale.format(
                    "%s has %,d %s, %s has %,d of them: %,d were archived after the export. Nothing was dropped. Export the month"
                            + " again",
                    mes, now, what, file.path(), then, now - then));
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
