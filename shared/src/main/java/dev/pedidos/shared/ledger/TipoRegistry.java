package dev.pedidos.shared.ledger;

import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The tipos that workers with a handler for them have registered. */
public final class TipoRegistry {
    private static final String TIPOS = Sql.named("tipos");

    private final Jdbi jdbi;

    public TipoRegistry(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Set<String> registered() {
        return jdbi.withHandle(
                handle -> handle.createQuery(TIPOS).mapTo(String.class).collect(Collectors.toUnmodifiableSet()));
    }
}
