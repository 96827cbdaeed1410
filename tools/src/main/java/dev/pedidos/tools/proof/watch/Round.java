package dev.pedidos.tools.proof.watch;

import java.time.Duration;

/** One look at the ledger. Its snapshot keeps the database from cleaning up for as long as it takes. */
enum Round {
    /** Everything. */
    FULL("full"),
    /** The changes since the round before. */
    CHANGES("changes");

    private static final Duration FULL_LIMIT = Duration.ofMinutes(60);
    private static final Duration CHANGES_LIMIT = Duration.ofSeconds(120);

    private final String label;

    Round(String label) {
        this.label = label;
    }

    /** In metrics and logs. */
    String label() {
        return label;
    }

    /** After this time the database ends it. */
    Duration limit() {
        return switch (this) {
            case FULL -> FULL_LIMIT;
            case CHANGES -> CHANGES_LIMIT;
        };
    }
}
