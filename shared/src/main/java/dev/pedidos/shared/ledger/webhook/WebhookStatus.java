package dev.pedidos.shared.ledger.webhook;

/** The states of a webhook. */
public enum WebhookStatus {
    /** It is tried, or tried again. */
    PENDING,
    /** The endpoint has it. */
    DELIVERED,
    /** The endpoint wants no more. */
    GONE,
    /** Its time was over before the endpoint had it. */
    FAILED
}
