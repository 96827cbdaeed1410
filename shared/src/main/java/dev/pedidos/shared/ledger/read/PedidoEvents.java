package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Sql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The types of events that belong to a pedido. Stock, receivers and messages have events under ids of their own, which
 * a pedido may have as well: only the type tells.
 */
public final class PedidoEvents {
    /** Says nothing about the pedido's state: other content was refused. */
    private static final String CONFLICT = "CONFLICT";

    private static final List<String> OWN = List.of(
            "ACCEPTED",
            "PROCESSING",
            "RETRY_SCHEDULED",
            "COMPLETED",
            "REJECTED",
            "DEAD_LETTERED",
            "REDRIVEN",
            "DISCARDED",
            "CANCELLED");
    private static final Set<String> FINAL = Set.of("COMPLETED", "REJECTED", "DISCARDED", "CANCELLED");

    private PedidoEvents() {}

    /**
     * Whether a pedido is finished, after this event.
     *
     * @param before whether it was finished before
     */
    public static boolean isFinished(boolean before, String eventType) {
        return eventType.equals(CONFLICT) ? before : FINAL.contains(eventType);
    }

    /** The statement of this name; {@code {own}} stands for the types that are no refusals. */
    static String named(String statement) {
        String own = OWN.stream().map(type -> "'" + type + "'").collect(Collectors.joining(", "));
        return Sql.fill(Sql.named(statement), Map.of("own", own));
    }
}
