package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.util.Set;
import java.util.stream.Collectors;

/** The tipos that workers with a handler for them have registered. */
public final class TipoRegistry {
    private static final String TIPOS = Sql.named("tipos");

    private final Database database;

    public TipoRegistry(Database database) {
        this.database = database;
    }

    public Set<String> registered() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(TIPOS).mapTo(String.class).collect(Collectors.toUnmodifiableSet()));
    }
}
