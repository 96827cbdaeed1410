package dev.pedidos.worker.calls;

import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;

/** How a call ended, as {@code GET /audit} names it. */
enum CallOutcome {
    OK,
    /** The dependency is down, or as good as down. */
    INDISPONIVEL,
    /** The dependency wants to be left alone for a while. */
    ADIADA,
    /** The dependency refuses the question for good. */
    RECUSADA,
    /** It was cut off: the handler took too long, or the worker stops. */
    INTERROMPIDA,
    /** Anything else. */
    FALHA;

    static CallOutcome of(Throwable failure) {
        return switch (failure) {
            case DependencyUnavailable down -> INDISPONIVEL;
            case DependencyBusy busy -> ADIADA;
            case PermanentFailure refused -> RECUSADA;
            case InterruptedException cutOff -> INTERROMPIDA;
            default -> FALHA;
        };
    }
}
