package dev.pedidos.shared.ledger.webhook;

/**
 * An endpoint that has webhooks.
 *
 * @param due something can be sent to it now
 */
public record WebhookEndpoint(String name, boolean due) {}
