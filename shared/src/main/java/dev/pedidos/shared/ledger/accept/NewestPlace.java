package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;

/** The newest place of the ledger, in any line. */
public final class NewestPlace {

    private static final String FIND = Sql.named("newest_place");

    private NewestPlace() {}

    public static long in(Database database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(FIND).mapTo(Long.class).one());
    }
}
