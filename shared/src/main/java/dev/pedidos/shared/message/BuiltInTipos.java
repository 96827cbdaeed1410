package dev.pedidos.shared.message;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tipos whose handlers workers bring along. */
public final class BuiltInTipos {
    public static final String PEDIDO = "pedido";
    public static final String SIMULADO = "simulado";
    public static final String SIMULADO_LOTE = "simulado-lote";

    /** Handled only if {@code PEDIDOS_HANDLER_SIMULADO} is on. */
    public static final Set<String> FOR_DRILLS = Set.of(SIMULADO, SIMULADO_LOTE);

    /** Without those for drills. */
    public static final Set<String> USUAL = Set.of(PEDIDO, Cancelamento.TIPO, OperationEvent.TIPO, Despesa.TIPO);

    public static final Set<String> ALL = union(USUAL, FOR_DRILLS);

    private BuiltInTipos() {}

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
