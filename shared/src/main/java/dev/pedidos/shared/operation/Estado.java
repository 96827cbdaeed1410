package dev.pedidos.shared.operation;

import org.jspecify.annotations.Nullable;

/** A verdict as clients read it. */
public enum Estado {
    APPLIED,
    WAITING,
    REFUSED;

    public static Estado of(EventVerdict verdict) {
        return switch (verdict) {
            case EventVerdict.Applied applied -> APPLIED;
            case EventVerdict.Waiting waiting -> WAITING;
            case EventVerdict.Refused refused -> REFUSED;
        };
    }

    /** Why it was refused; null if it was not. */
    public static @Nullable String motivo(EventVerdict verdict) {
        return verdict instanceof EventVerdict.Refused(var motivo) ? motivo.name() : null;
    }
}
