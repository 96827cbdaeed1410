package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.Bash;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunbookTest {

    private static final String STATEMENTS = Markdown.read("docs/runbook.md")
            .section("A ledger without its sequences")
            .blocks("sql")
            .getFirst();

    private static final String NAME = "runbook";

    private static KillableServers servers;

    @BeforeAll
    static void open() throws Exception {
        servers = OwnServers.open(NAME);
    }

    @AfterAll
    static void close() {
        servers.close();
    }

    @Test
    void aLedgerThatLostItsSequencesGoesOn() throws Exception {
        try (var system = TestSystem.start("runbook", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var client = new Client(system.api());
            system.worker();
            client.post(Client.simulado("before", "rcb", "{\"chama\":\"erp\"}"));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 1);
            for (String identity : identities(system)) {
                system.alter("alter table " + identity.replace(".", " alter column ") + " restart");
            }

            try (var owner = system.owner();
                    var statement = owner.createStatement()) {
                owner.setAutoCommit(true);
                statement.execute(STATEMENTS);
            }

            client.post(Client.simulado("after", "rcb", "{\"chama\":\"erp\"}"));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 2);
            system.awaitCount("select count(*) from chamadas", 2);
            for (String identity : identities(system)) {
                assertThat(isBehind(system, identity)).as(identity).isFalse();
            }
        }
    }

    @Test
    void aSessionThatKeepsARowIsEndedByASuperuserAndNotSeenByTheOwner() throws Exception {
        String[] statements = Markdown.read("docs/runbook.md")
                .section("A session keeps a row")
                .block("sql")
                .split(";");
        String owner = new RepositoryFile("deploy/compose/postgres-roles.sh")
                .found("(create role pedidos_owner login) password")
                .getFirst();
        try (var superuser = connect(servers.databaseSuperuserUrl());
                var keeper = connect(servers.databaseUrl())) {
            superuser.createStatement().execute("drop role if exists pedidos_owner");
            superuser.createStatement().execute(owner);
            keeper.setAutoCommit(false);
            keeper.createStatement().execute("select 1");

            superuser.createStatement().execute("set role pedidos_owner");
            assertThat(keepers(superuser, statements[0])).isEmpty();

            superuser.createStatement().execute("reset role");
            assertThat(keepers(superuser, statements[0])).hasSize(1);
            String pid = keepers(superuser, statements[0]).getFirst();
            superuser.createStatement().execute("set role pedidos_owner");
            String end = statements[1].replace("PID", pid);
            assertThatThrownBy(() -> superuser.createStatement().execute(end))
                    .hasMessageContaining("permission denied to terminate process");
            superuser.createStatement().execute("reset role");
            superuser.createStatement().execute(end);
            Awaitility.await("the session is ended")
                    .until(() -> keepers(superuser, statements[0]).isEmpty());
        }
    }

    @Test
    void aPrivateBrokerIsAskedByItsPortMapperAndItsCookie(@TempDir Path checkout) throws Exception {
        Files.createSymbolicLink(checkout.resolve(".pedidos"), OwnServers.home(NAME));
        String command = Markdown.read("docs/runbook.md").section("Runbook").block("sh");

        var ended = new Bash(checkout, Map.of()).run(command);

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("Listing queues for vhost pedidos");
    }

    private static List<String> keepers(Connection connection, String query) throws SQLException {
        List<String> pids = new ArrayList<>();
        try (var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                pids.add(rows.getString("pid"));
            }
        }
        return pids;
    }

    private static Connection connect(String address) throws SQLException {
        var url = DatabaseUrl.parse(address);
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    /** Each as table.column. */
    private static Iterable<String> identities(TestSystem system) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select table_name || '.' || column_name"
                                + " from information_schema.columns"
                                + " where table_schema = 'public' and is_identity = 'YES'")
                        .mapTo(String.class)
                        .list());
    }

    private static boolean isBehind(TestSystem system, String identity) throws SQLException {
        String[] names = identity.split("\\.");
        String query = RootLocale.format(
                "select nextval(pg_get_serial_sequence('%1$s', '%2$s')) <= coalesce((select max(%2$s) from %1$s), 0)",
                names[0], names[1]);
        try (var owner = system.owner();
                var row = owner.createStatement().executeQuery(query)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
