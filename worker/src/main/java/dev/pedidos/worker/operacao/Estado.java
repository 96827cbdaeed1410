package dev.pedidos.worker.operacao;

import dev.pedidos.shared.operation.Verdict;
import org.jspecify.annotations.Nullable;

/** What clients read of a verdict. */
enum Estado {
    APPLIED,
    WAITING,
    REFUSED;

    static Estado of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Applied applied -> APPLIED;
            case Verdict.Waiting waiting -> WAITING;
            case Verdict.Refused refused -> REFUSED;
        };
    }

    /** Why it was refused; null if it was not. */
    static @Nullable String motivo(Verdict verdict) {
        return verdict instanceof Verdict.Refused(var motivo) ? motivo.name() : null;
    }
}
