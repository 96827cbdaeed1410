package dev.pedidos.e2e.system;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.stores.Stores;
import dev.pedidos.tools.stack.stores.StoresFinder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * A ledger as pg_dump and pg_restore move it: tables by COPY, sequences by setval. The other cluster is a server of its own,
 * with its own system identifier and transaction numbers.
 */
public final class LedgerDump {
    private static final Path HOME = Path.of("target", "second-cluster").toAbsolutePath();
    private static final String TABLES = "select relname from pg_class where relkind = 'r'"
            + " and relnamespace = 'public'::regnamespace and relname <> 'flyway_schema_history' order by oid";
    private static final String FIRST_ROW_OF_MIGRATIONS = "delete from arquivo";
    private static final String NUMBERS =
            "select setval(pg_get_serial_sequence('operation_events', 'id'), (select max(id) from operation_events))";

    private LedgerDump() {}

    /** A server for databases alone; vhosts are made on the broker of these stores. */
    public static Stores secondCluster(Stores first) throws IOException, InterruptedException {
        UnpackedPostgres.linkInto(HOME);
        Map<String, String> environment = new HashMap<>();
        environment.put("AMQP_URI", first.amqpUri());
        environment.put("PEDIDOS_DOCKER", "off");
        first.managementUrl().ifPresent(url -> environment.put("RABBITMQ_MANAGEMENT_URL", url));
        return StoresFinder.open(HOME, environment, line -> System.err.println("e2e: " + line));
    }

    /** @param empty a database without tables */
    public static void restore(Stores ledger, Stores empty) throws SQLException, IOException {
        Migrations.tryMigrate(DatabaseUrl.parse(empty.databaseAdminUrl()), DatabaseUrl.parse(empty.databaseUrl()));
        try (var from = Ledger.connect(DatabaseUrl.parse(ledger.databaseAdminUrl()));
                var to = Ledger.connect(DatabaseUrl.parse(empty.databaseAdminUrl()))) {
            try (var statement = to.createStatement()) {
                statement.execute(FIRST_ROW_OF_MIGRATIONS);
            }
            for (String table : tables(from)) {
                var rows = new ByteArrayOutputStream();
                from.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", rows);
                to.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
            }
            try (var statement = to.createStatement()) {
                statement.execute(NUMBERS);
            }
        }
    }

    private static List<String> tables(Connection ledger) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (var statement = ledger.createStatement();
                var row = statement.executeQuery(TABLES)) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }
}
