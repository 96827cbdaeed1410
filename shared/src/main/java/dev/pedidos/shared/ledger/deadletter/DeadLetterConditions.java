package dev.pedidos.shared.ledger.deadletter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.statement.Query;

/**
 * A filter as SQL conditions. Absent filters add no condition, so that each combination is planned with the index that
 * fits.
 */
final class DeadLetterConditions {

    private DeadLetterConditions() {}

    /** True if cause, tipo and receiver are open. */
    static boolean isOfAll(DeadLetterFilter filter) {
        return filter.motivo().isEmpty()
                && filter.erroClasse().isEmpty()
                && filter.tipo().isEmpty()
                && filter.recebedorId().isEmpty();
    }

    static String sql(DeadLetterFilter filter) {
        return (filter.motivo().isPresent() ? " and motivo = :motivo" : "")
                + (filter.erroClasse().isPresent() ? " and erro_classe = :erro_classe" : "")
                + (filter.tipo().isPresent() ? " and tipo = :tipo" : "")
                + (filter.recebedorId().isPresent() ? " and recebedor_id = :recebedor_id" : "")
                + (filter.desde().isPresent() ? " and ultima_falha_em >= :desde" : "")
                + (filter.ate().isPresent() ? " and ultima_falha_em < :ate" : "")
                + (filter.pedidoIds().isPresent() ? " and pedido_id = any(:pedido_ids)" : "");
    }

    static Query bind(Query query, DeadLetterFilter filter) {
        filter.motivo().ifPresent(motivo -> query.bind("motivo", motivo));
        filter.erroClasse().ifPresent(classe -> query.bind("erro_classe", classe));
        filter.tipo().ifPresent(tipo -> query.bind("tipo", tipo));
        filter.recebedorId().ifPresent(id -> query.bind("recebedor_id", id));
        filter.desde().ifPresent(moment -> query.bind("desde", utc(moment)));
        filter.ate().ifPresent(moment -> query.bind("ate", utc(moment)));
        filter.pedidoIds().ifPresent(ids -> query.bindArray("pedido_ids", String.class, ids));
        return query;
    }

    static OffsetDateTime utc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
