package dev.pedidos.local.torture.faults;

/** What a fault breaks: two that break the same do not run at once, so that each can tell what it hit. */
public enum Target {
    WORKERS,
    APIS,
    BROKER,
    DATABASE,
    NETWORK
}
