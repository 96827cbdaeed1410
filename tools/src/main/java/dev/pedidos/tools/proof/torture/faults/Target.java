package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;

/** The thing that a fault breaks. Two faults of one target do not run at once, so that each can tell what it hit. */
public enum Target {
    WORKERS(4),
    APIS(4),
    BROKER(20),
    DATABASE(8),
    NETWORK(3),
    LETTERS(5);

    /** The target is left alone for this time after the fault: it starts again, is found again and has new work. */
    private final Duration recovery;

    Target(int recoverySeconds) {
        recovery = Duration.ofSeconds(recoverySeconds);
    }

    Duration recovery() {
        return recovery;
    }
}
