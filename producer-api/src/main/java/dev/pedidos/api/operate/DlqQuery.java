package dev.pedidos.api.operate;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.shared.message.DeadLetterFilter;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.Moments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checked parameters of {@code GET /dlq} and {@code /dlq/groups}. */
record DlqQuery(DeadLetterFilter filter, Optional<LetterCursor> after, int limit) {
    private static final Set<String> FILTERS = Set.of("motivo", "erro_classe", "tipo", "recebedor_id", "desde", "ate");
    private static final Set<String> OF_A_LIST =
            Set.of("motivo", "erro_classe", "tipo", "recebedor_id", "desde", "ate", "limit", "cursor");

    /** @throws dev.pedidos.shared.message.InvalidFields lists every faulty parameter */
    static DlqQuery ofList(Map<String, List<String>> given) {
        Parameters parameters = new Parameters(given, OF_A_LIST);
        DeadLetterFilter filter = filter(parameters);
        Optional<LetterCursor> after = parameters
                .checked("cursor", text -> LetterCursor.parse(text).isPresent(), Parameters.CURSOR)
                .flatMap(LetterCursor::parse);
        int limit = parameters.limit();
        parameters.throwIfFaulty();
        return new DlqQuery(filter, after, limit);
    }

    /** @throws dev.pedidos.shared.message.InvalidFields lists every faulty parameter */
    static DeadLetterFilter ofGroups(Map<String, List<String>> given) {
        Parameters parameters = new Parameters(given, FILTERS);
        DeadLetterFilter filter = filter(parameters);
        parameters.throwIfFaulty();
        return filter;
    }

    private static DeadLetterFilter filter(Parameters parameters) {
        return new DeadLetterFilter(
                parameters.checked("motivo", Limits::isCause, Limits.CAUSE),
                parameters.checked("erro_classe", Limits::isCause, Limits.CAUSE),
                parameters.checked("tipo", Limits::isId, Parameters.ID),
                parameters.checked("recebedor_id", Limits::isId, Parameters.ID),
                parameters
                        .checked("desde", text -> Moments.parse(text).isPresent(), Moments.DEMAND)
                        .flatMap(Moments::parse),
                parameters
                        .checked("ate", text -> Moments.parse(text).isPresent(), Moments.DEMAND)
                        .flatMap(Moments::parse),
                Optional.empty());
    }
}
