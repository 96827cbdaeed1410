package dev.pedidos.shared.message;

import java.util.Map;

/** Tipos that clients do not send as pedidos: each has a call of its own, which makes the pedido and its id. */
final class ReservedTipos {

    /** For bodies of clients: the call for each tipo. */
    static final Map<String, String> CALLS = Map.of(
            Cancelamento.TIPO, "POST /pedidos/{id}/cancel",
            OperationEvent.TIPO, "POST /operations");

    /** For pedidos that were accepted before, and may come from such a call. */
    static final Map<String, String> NONE = Map.of();

    private ReservedTipos() {}
}
