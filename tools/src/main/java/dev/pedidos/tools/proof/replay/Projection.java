package dev.pedidos.tools.proof.replay;

import java.util.List;

/**
 * A projection, compared with what the events give.
 *
 * @param rows that the events give
 * @param differences their number; 0: it is as the events give it
 * @param examples the first few
 */
public record Projection(String name, long rows, long differences, List<String> examples) {
    /** In the order in which they are told. */
    static final List<String> NAMES = List.of("pedidos", "reservas", "estoque", "operations", "operation_outcomes");

    static final int MOST_EXAMPLES = 5;

    public boolean equal() {
        return differences == 0;
    }
}
