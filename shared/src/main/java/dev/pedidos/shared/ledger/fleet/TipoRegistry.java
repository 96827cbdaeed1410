package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The tipos that workers with a handler for them have registered. */
public final class TipoRegistry {
    private static final String TIPOS = Sql.named("tipos");

    private final Database database;

    public TipoRegistry(Database database) {
        this.database = database;
    }

    public Set<String> registered() {
        return database.jdbi().withHandle(TipoRegistry::readBy);
    }

    /** For a caller that has a session. */
    public static Set<String> readBy(Handle handle) {
        return handle.createQuery(TIPOS).mapTo(String.class).collect(Collectors.toUnmodifiableSet());
    }
}
