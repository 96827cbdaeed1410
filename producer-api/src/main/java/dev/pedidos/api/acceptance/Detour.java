package dev.pedidos.api.acceptance;

/** The way without a note. */
public interface Detour {
    /** Whether it leads anywhere now. */
    boolean isThere();

    /** It leads somewhere, and all new ones go that way now. */
    boolean isBetter();

    /** Accepts one that could not be noted in time. */
    void take(Submission submission);
}
