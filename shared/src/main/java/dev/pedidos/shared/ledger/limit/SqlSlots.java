package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.time.Duration;
import java.util.Optional;

/** Slots in PostgreSQL: each is taken with one statement. */
public record SqlSlots(Database database) implements Slots {

    private static final String TAKE = Sql.named("limit_take");
    private static final String TAKE_LATER = Sql.named("limit_take_later");

    @Override
    public Optional<Slot> take(Limit limit, Asking who, Duration late) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(TAKE)
                        .bind("dependencia", limit.dependency())
                        .bind("calls", limit.rate().calls())
                        .bind("cycle", limit.cycleSeconds(late))
                        .bind("ahead", Limit.aheadSeconds())
                        .bind("pedido", who.pedidoId())
                        .bind("goes_on", who.goesOn())
                        .map((row, context) -> Slot.of(row))
                        .findOne());
    }

    @Override
    public Optional<Slot> takeLater(Limit limit, Slot slot, Duration late) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(TAKE_LATER)
                        .bind("dependencia", limit.dependency())
                        .bind("vaga", slot.number())
                        .bind("livre_em", slot.freeAgain())
                        .bind("cycle", limit.cycleSeconds(late))
                        .map((row, context) -> Slot.of(row))
                        .findOne());
    }
}
