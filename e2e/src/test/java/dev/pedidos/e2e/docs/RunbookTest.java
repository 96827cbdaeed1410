package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunbookTest {

    private static final String STATEMENTS = Markdown.read("docs/runbook.md")
            .section("A ledger without its sequences")
            .blocks("sql")
            .getFirst();

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
