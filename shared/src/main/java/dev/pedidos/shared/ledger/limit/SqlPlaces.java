package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.time.Duration;
import java.util.Optional;

/** Places in PostgreSQL: each is taken with one statement. */
public record SqlPlaces(Database database) implements Places {

    private static final String TAKE = Sql.named("limit_take");
    private static final String TAKE_LATER = Sql.named("limit_take_later");

    @Override
    public Optional<Place> take(Limit limit, Asking who, Duration late) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(TAKE)
                        .bind("dependencia", limit.dependency())
                        .bind("calls", limit.rate().calls())
                        .bind("cycle", limit.cycleSeconds(late))
                        .bind("ahead", Limit.aheadSeconds())
                        .bind("pedido", who.pedidoId())
                        .bind("goes_on", who.goesOn())
                        .map((row, context) -> Place.of(row))
                        .findOne());
    }

    @Override
    public Optional<Place> takeLater(Limit limit, Place place, Duration late) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(TAKE_LATER)
                        .bind("dependencia", limit.dependency())
                        .bind("vaga", place.number())
                        .bind("livre_em", place.freeAgain())
                        .bind("cycle", limit.cycleSeconds(late))
                        .map((row, context) -> Place.of(row))
                        .findOne());
    }
}
