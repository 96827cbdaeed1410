package dev.pedidos.shared.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The dados of built-in tipos. The API checks them when it accepts a pedido, and stores them in one form. */
final class BuiltInDados {

    /** Reads the dados of one tipo. */
    @FunctionalInterface
    interface Reader {
        /** Null, with the faults recorded, if they are not valid. */
        @Nullable
        ObjectNode read(ObjectNode dados, FieldErrors faults);
    }

    /** The readers by tipo. */
    static final Map<String, Reader> OF_NEW_PEDIDOS = Map.of(Despesa.TIPO, BuiltInDados::despesa);

    /** None: what was accepted is not checked again. */
    static final Map<String, Reader> OF_ACCEPTED_PEDIDOS = Map.of();

    private BuiltInDados() {}

    private static @Nullable ObjectNode despesa(ObjectNode dados, FieldErrors faults) {
        Despesa despesa = Despesa.read("dados", dados, faults);
        return despesa == null ? null : despesa.dados();
    }
}
