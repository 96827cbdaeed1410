package dev.pedidos.shared.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The dados of built-in tipos: whoever lets a new pedido in checks them and brings them into one form. */
final class BuiltInDados {

    /** Reads the dados of one tipo. */
    @FunctionalInterface
    interface Reader {
        /** Null, with the faults recorded, if they are not valid. */
        @Nullable
        ObjectNode read(ObjectNode dados, FieldErrors faults);
    }

    /** For new pedidos, by tipo. */
    static final Map<String, Reader> AT_THE_DOOR = Map.of(Despesa.TIPO, BuiltInDados::despesa);

    /** For pedidos that were let in before. */
    static final Map<String, Reader> LET_IN = Map.of();

    private BuiltInDados() {}

    private static @Nullable ObjectNode despesa(ObjectNode dados, FieldErrors faults) {
        Despesa despesa = Despesa.read("dados", dados, faults);
        return despesa == null ? null : despesa.dados();
    }
}
