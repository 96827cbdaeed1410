package dev.pedidos.shared.ledger;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a failure that foreign code has thrown: its methods are foreign too, and may themselves fail. */
public final class ForeignFailure {

    private ForeignFailure() {}

    public static String message(Throwable failure) {
        try {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException | Error e) {
            return "its message cannot be read: " + e.getClass().getSimpleName();
        }
    }

    /** Null if the failure does not say it, or if the question fails. */
    static <T> @Nullable T read(Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (RuntimeException | Error e) {
            return null;
        }
    }
}
