package dev.pedidos.worker.operacao;

import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Estado;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.OperationStatus;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The resultado that clients read: what became of the event, what else moved, and the operation after that. */
final class OperacaoResultado {
    /** Thousands may have waited for one event. Their outcomes are on the record by themselves. */
    private static final int MOST_LISTED = 100;

    private OperacaoResultado() {}

    static ObjectNode of(OperationEvent event, Arrival arrival) {
        ObjectNode resultado = JsonNodeFactory.instance.objectNode();
        resultado.put("external_id", event.externalId());
        resultado.put("estado", Estado.of(arrival.verdict()).name());
        resultado.put("motivo", Estado.motivo(arrival.verdict()));
        resultado.put("movidos", arrival.moved().size());
        var seguintes = resultado.putArray("seguintes");
        arrival.moved().stream()
                .limit(MOST_LISTED)
                .forEach(one -> seguintes
                        .addObject()
                        .put("event_type", one.event().type().name())
                        .put("payload_hash", one.event().payloadHash())
                        .put("estado", Estado.of(one.verdict()).name())
                        .put("motivo", Estado.motivo(one.verdict())));
        resultado.set("operacao", operation(arrival.after()));
        return resultado;
    }

    private static ObjectNode operation(Operation after) {
        boolean begun = after.status() != OperationStatus.NONE;
        ObjectNode operation = JsonNodeFactory.instance.objectNode();
        operation.put("status", begun ? after.status().name() : null);
        operation.put("version", after.version());
        operation.put("valor_centavos", begun ? (Long) after.valorCentavos() : null);
        return operation;
    }
}
