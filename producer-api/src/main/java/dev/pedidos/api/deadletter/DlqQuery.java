package dev.pedidos.api.deadletter;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.deadletter.DeadLetterFilter;
import dev.pedidos.shared.ledger.deadletter.DeadLetterReads.LetterPosition;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.Moments;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checked parameters of {@code GET /dlq} and {@code /dlq/groups}. */
record DlqQuery(DeadLetterFilter filter, Optional<LetterPosition> after, int limit) {
    static final Cursor<LetterPosition> CURSOR =
            new Cursor<>("mortos", letter -> letter.ultimaFalhaEm() + " " + letter.pedidoId(), DlqQuery::position);

    /** @throws dev.pedidos.shared.message.InvalidFields lists every faulty parameter */
    static DlqQuery ofList(Map<String, List<String>> given) {
        Parameters parameters = new Parameters(given);
        DeadLetterFilter filter = filter(parameters);
        Optional<LetterPosition> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        int limit = parameters.limit();
        parameters.throwIfFaulty();
        return new DlqQuery(filter, after, limit);
    }

    /** @throws dev.pedidos.shared.message.InvalidFields lists every faulty parameter */
    static DeadLetterFilter ofGroups(Map<String, List<String>> given) {
        Parameters parameters = new Parameters(given);
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
                parameters.read("desde", Moments::parse, Moments.DEMAND),
                parameters.read("ate", Moments::parse, Moments.DEMAND),
                Optional.empty());
    }

    private static Optional<LetterPosition> position(String text) {
        String[] parts = text.split(" ", -1);
        return parts.length == 2 && Limits.isId(parts[1])
                ? Moments.parse(parts[0]).map(moment -> new LetterPosition(moment, parts[1]))
                : Optional.empty();
    }
}
