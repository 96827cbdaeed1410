package dev.pedidos.worker.execution;

import dev.pedidos.worker.handler.PermanentFailure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The texts of an outcome as the ledger keeps them: bounded, because pages and streams bring many of them at once. */
public final class OutcomeText {

    static final int MOST_RESULTADO = 65_536;
    static final int MOST_MOTIVO = 1_000;

    private OutcomeText() {}

    /** @throws PermanentFailure it is too long */
    public static @Nullable String resultado(@Nullable JsonNode resultado) throws PermanentFailure {
        return resultado == null ? null : bounded("resultado", resultado.toString(), MOST_RESULTADO);
    }

    /** @throws PermanentFailure it is too long */
    public static String motivo(String motivo) throws PermanentFailure {
        return bounded("motivo", motivo, MOST_MOTIVO);
    }

    private static String bounded(String name, String text, int most) throws PermanentFailure {
        if (text.length() > most) {
            throw new PermanentFailure("the " + name + " that the handler returned has " + text.length()
                    + " characters; at most " + most + " are allowed");
        }
        return text;
    }
}
