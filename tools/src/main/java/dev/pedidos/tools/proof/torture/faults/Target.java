package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;

/** What a fault breaks. Two that break the same do not run at once, so that each can tell what it hit. */
public enum Target {
    WORKERS(4),
    APIS(4),
    BROKER(20),
    DATABASE(8),
    NETWORK(3),
    LETTERS(5);

    /** How long after the fault's own length it is left alone: it starts anew, is found again and has something under way. */
    private final Duration recovery;

    Target(int recoverySeconds) {
        recovery = Duration.ofSeconds(recoverySeconds);
    }

    Duration recovery() {
        return recovery;
    }
}
