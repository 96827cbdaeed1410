package dev.pedidos.shared.ledger;

import dev.pedidos.shared.runtime.DatabaseUrl;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings the tables to this version, as the role that owns them. Several programs may do it at once. */
public final class Migrations {

    private Migrations() {}

    /** @param programs whose user gets the least rights that the programs need */
    public static void run(DatabaseUrl owner, DatabaseUrl programs) {
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .placeholders(Map.of("app_role", programs.user()))
                .connectRetries(60)
                .connectRetriesInterval(1)
                .load()
                .migrate();
    }
}
