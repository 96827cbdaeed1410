package dev.pedidos.shared.message;

import java.util.Map;
import java.util.Set;

/** Tipos that clients do not send to POST /pedidos: each has a call of its own, which makes the pedido and its id. */
public final class ReservedTipos {

    /** The call for each tipo. */
    static final Map<String, String> CALLS = Map.of(
            Cancelamento.TIPO, "POST /pedidos/{id}/cancel",
            OperationEvent.TIPO, "POST /operations");

    /** For messages: they may come from such a call. */
    static final Map<String, String> NONE = Map.of();

    /** The message for an id that {@link #anyMakes}. */
    public static final String DEMAND =
            "must not begin with `cancelamento:` or `operacao:`: Pedidos makes these ids itself";

    private ReservedTipos() {}

    /** Whether its id is like those of a reserved tipo that is not its own. */
    public static boolean takesIdOfAnother(Pedido pedido) {
        return !CALLS.containsKey(pedido.tipo()) && anyMakes(CALLS.keySet(), pedido.pedidoId());
    }

    /** Whether one of these tipos makes ids like this one. */
    public static boolean anyMakes(Set<String> tipos, String pedidoId) {
        return tipos.stream().anyMatch(tipo -> pedidoId.startsWith(tipo + ":"));
    }
}
