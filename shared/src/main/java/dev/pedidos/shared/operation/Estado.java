package dev.pedidos.shared.operation;

import org.jspecify.annotations.Nullable;

/** What clients read of a verdict. */
public enum Estado {
    APPLIED,
    WAITING,
    REFUSED;

    public static Estado of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Applied applied -> APPLIED;
            case Verdict.Waiting waiting -> WAITING;
            case Verdict.Refused refused -> REFUSED;
        };
    }

    /** Why it was refused; null if it was not. */
    public static @Nullable String motivo(Verdict verdict) {
        return verdict instanceof Verdict.Refused(var motivo) ? motivo.name() : null;
    }
}
