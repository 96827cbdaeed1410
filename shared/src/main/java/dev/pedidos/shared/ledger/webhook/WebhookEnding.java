package dev.pedidos.shared.ledger.webhook;

/** What an attempt means for its webhook. */
public enum WebhookEnding {
    /** The endpoint has it. */
    DELIVERED,
    /** The endpoint wants no more. */
    GONE,
    /** It is tried again, unless its time is over. */
    PENDING
}
