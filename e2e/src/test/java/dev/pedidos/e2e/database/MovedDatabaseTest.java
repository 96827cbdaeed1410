package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.stores.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovedDatabaseTest {
    private static final String READ_ONLY = " set default_transaction_read_only = on";
    private static final String NO_CONNECTIONS = " connection limit 0";
    private static final String END_SESSIONS = "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()";

    /** An old server that is off, a database that has another name now, a changed password. */
    @ParameterizedTest
    @CsvSource({"[^/@]+/[^/]+$, 127.0.0.1:1/gone", "[^/]+$, gone", ":[^:@]+@, :old@"})
    void theAddressIsReadAgainWhateverTheOldOneRefuses(String part, String old) throws Exception {
        try (var stores = TestStores.fresh("moved")) {
            String now = stores.databaseUrl();
            String before = now.replaceFirst(part, old);
            assertThat(before).isNotEqualTo(now);
            var address = new AtomicReference<>(DatabaseUrl.parse(before));
            try (var database = at(address, 1)) {
                address.set(DatabaseUrl.parse(now));
                assertThat(now).endsWith("/" + nameOf(database));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOldDatabaseThatIsReadOnlyIsLeft(boolean atTheStart) throws Exception {
        try (var old = TestStores.fresh("moved-from");
                var stores = TestStores.fresh("moved-to")) {
            var address = new AtomicReference<>(DatabaseUrl.parse(old.databaseUrl()));
            if (atTheStart) {
                alter(old, READ_ONLY);
            }
            try (var database = at(address, 3)) {
                if (!atTheStart) {
                    Awaitility.await("works").until(database::isUp);
                    alter(old, READ_ONLY);
                    endSessions(old);
                }
                assertLeft(database, address, stores);
            }
        }
    }

    @Test
    void anOldDatabaseWithoutOurTablesIsLeft() throws Exception {
        try (var old = TestStores.fresh("moved-from");
                var stores = TestStores.fresh("moved-to")) {
            Migrations.tryMigrate(
                    DatabaseUrl.parse(stores.databaseAdminUrl()), DatabaseUrl.parse(stores.databaseUrl()));
            var address = new AtomicReference<>(DatabaseUrl.parse(old.databaseUrl()));
            try (var database = at(address, 3)) {
                Awaitility.await("works").until(database::isUp);
                database.expectTables();
                assertLeft(database, address, stores);
            }
        }
    }

    /** It answers all the time. */
    private static void assertLeft(Database database, AtomicReference<DatabaseUrl> address, Stores now) {
        Awaitility.await("cannot be used").until(() -> !database.isUp());
        address.set(DatabaseUrl.parse(now.databaseUrl()));
        Awaitility.await("moved").atMost(Duration.ofSeconds(30)).until(database::isUp);
        assertThat(nameOf(database)).isEqualTo(databaseOf(now));
    }

    /** Its sessions still work, but it takes no new one. */
    @Test
    void noSessionStaysAtTheOldDatabase() throws Exception {
        try (var old = TestStores.fresh("moved-from");
                var stores = TestStores.fresh("moved-to")) {
            var address = new AtomicReference<>(DatabaseUrl.parse(old.databaseUrl()));
            try (var database = at(address, 3)) {
                try (var inUse = database.jdbi().open()) {
                    assertThat(nameOf(inUse)).isEqualTo(databaseOf(old));
                    address.set(DatabaseUrl.parse(stores.databaseUrl()));
                    alter(old, NO_CONNECTIONS);
                    Awaitility.await("a new session is at the new one")
                            .ignoreExceptions()
                            .until(() -> endsUnlessAt(databaseOf(stores), database));
                }
                String left = "select count(*) from pg_stat_activity where datname = '" + databaseOf(old) + "'";
                try (var looking = Ledger.connect(DatabaseUrl.parse(stores.databaseAdminUrl()));
                        var statement = looking.createStatement()) {
                    Awaitility.await("no session is left").until(() -> {
                        try (var row = statement.executeQuery(left)) {
                            return row.next() && row.getInt(1) == 0;
                        }
                    });
                }
                assertThat(nameOf(database)).isEqualTo(databaseOf(stores));
            }
        }
    }

    private static Database at(AtomicReference<DatabaseUrl> address, int connections) {
        return new Database("moved", address::get, connections, new SimpleMeterRegistry());
    }

    /** The pool opens a new session for each that ends. */
    private static boolean endsUnlessAt(String name, Database database) {
        try (var session = database.jdbi().open()) {
            if (nameOf(session).equals(name)) {
                return true;
            }
            database.end(session);
            return false;
        }
    }

    private static String nameOf(Database database) {
        return database.jdbi().withHandle(MovedDatabaseTest::nameOf);
    }

    private static String nameOf(Handle session) {
        return session.createQuery("select current_database()")
                .mapTo(String.class)
                .one();
    }

    private static String databaseOf(Stores stores) {
        return stores.databaseUrl().replaceFirst(".*/", "");
    }

    private static void endSessions(Stores stores) throws SQLException {
        try (var connection = Ledger.connect(DatabaseUrl.parse(stores.databaseUrl()));
                var statement = connection.createStatement()) {
            statement.execute(END_SESSIONS);
        }
    }

    private static void alter(Stores stores, String how) throws SQLException {
        try (var connection = Ledger.connect(DatabaseUrl.parse(stores.databaseAdminUrl()));
                var statement = connection.createStatement()) {
            statement.execute("alter database " + databaseOf(stores) + how);
        }
    }
}
