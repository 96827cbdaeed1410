package dev.pedidos.shared.config;

/** Whether a receiver goes on after a dead letter. */
public enum OnDeadLetter {
    CONTINUE,
    /** It waits for an operator, if the dead letter stands in its line. */
    HOLD
}
