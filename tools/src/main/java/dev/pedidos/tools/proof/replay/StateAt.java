package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.tools.proof.laws.Fold;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The state of a pedido, a sku or an operation at a time, read from its events: as JSON. */
public final class StateAt {
    public static final String ESTOQUE = "estoque:";
    public static final String OPERACAO = "operacao/";

    private static final String ID = "current_setting('pedidos.id')";
    private static final String UNTIL = "current_setting('pedidos.until')::timestamptz";
    private static final String SOURCE = Statements.SOURCE;
    private static final String BY_THEN = "(select * from (" + Statements.eventsOf(SOURCE, "select " + ID)
            + ") own where occurred_at <= " + UNTIL + ")";
    private static final String TIPOS = "(select external_id as pedido_id, payload ->> 'tipo' as tipo from (" + SOURCE
            + ") a where event_type = 'ACCEPTED')";

    private static final String PEDIDO = Sql.fill(
            Statements.named("at_pedido"),
            Map.of("fold", Statements.fold(BY_THEN, Statements.NONE), "moves", Statements.moves(BY_THEN, TIPOS)));
    private static final String SINCE_SET = "(select * from (" + SOURCE + ") e where e.id > (select id from set_last))";
    private static final String STOCK = Sql.fill(
            Statements.named("at_estoque"),
            Map.of("source", SOURCE, "moves", Statements.moves(SINCE_SET, TIPOS), "id", ID, "until", UNTIL));
    private static final String OPERATION_EVENTS = "(select * from (" + SOURCE + ") e where e.external_id = '"
            + OPERACAO + "' || " + ID + " and e.occurred_at <= " + UNTIL + ")";
    private static final String EFFECTS = "(select * from (" + SOURCE + ") e where e.occurred_at <= " + UNTIL + ")";

    private final Connection snapshot;

    /** @param snapshot of {@link dev.pedidos.tools.proof.ledger.Ledger#snapshot} */
    public StateAt(Connection snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Empty if no event of it had come by then, or if its state is not known any more because a month was dropped.
     *
     * @param id of a pedido; else of an operation; {@code estoque:SKU} and {@code operacao/ID} name the kind
     */
    public Optional<String> of(String id, Instant until) throws SQLException {
        if (id.startsWith(ESTOQUE)) {
            var stock = text(STOCK, id.substring(ESTOQUE.length()), until);
            return stock.isPresent() ? stock : text(PEDIDO, id, until);
        }
        if (id.startsWith(OPERACAO)) {
            return operation(id.substring(OPERACAO.length()), until);
        }
        var pedido = text(PEDIDO, id, until);
        return pedido.isPresent() ? pedido : operation(id, until);
    }

    private Optional<String> operation(String externalId, Instant until) throws SQLException {
        set(externalId, until);
        List<Operations.Replayed> found = Operations.list(snapshot, OPERATION_EVENTS, EFFECTS);
        return found.stream().filter(Operations.Replayed::complete).findFirst().map(StateAt::json);
    }

    private static String json(Operations.Replayed operation) {
        ObjectNode state = JsonNodeFactory.instance
                .objectNode()
                .put("external_id", operation.externalId())
                .put("recebedor_id", operation.recebedorId())
                .put("status", operation.status())
                .put("version", operation.fold().operation().version())
                .put("valor_centavos", operation.valorCentavos())
                .put("motivo", operation.fold().operation().motivo());
        var events = state.putArray("events");
        for (Fold.Outcome outcome : operation.fold().outcomes()) {
            events.addObject()
                    .put("event_type", outcome.event().type().name())
                    .put("payload_hash", outcome.event().payloadHash())
                    .put("estado", outcome.verdict() == null ? "WAITING" : outcome.estado())
                    .put("motivo", outcome.motivo());
        }
        return state.toString();
    }

    private Optional<String> text(String query, String id, Instant until) throws SQLException {
        set(id, until);
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(query)) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private void set(String id, Instant until) throws SQLException {
        try (var setting = snapshot.prepareStatement(
                "select set_config('pedidos.id', ?, true), set_config('pedidos.until', ?, true)")) {
            setting.setString(1, id);
            setting.setString(2, until.toString());
            setting.execute();
        }
    }
}
