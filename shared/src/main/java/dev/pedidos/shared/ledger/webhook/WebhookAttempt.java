package dev.pedidos.shared.ledger.webhook;

/**
 * An attempt to deliver a webhook, which this worker has begun.
 *
 * @param webhookId the same at every attempt
 * @param tentativa attempts so far in this ciclo, with this one
 * @param url may hold a token: it must not be logged
 * @param corpo the body, as it is sent
 * @param seconds when it was begun, in seconds since 1970 by the clock of the database
 */
public record WebhookAttempt(
        String webhookId, int ciclo, int tentativa, String endpoint, String url, String corpo, long seconds) {}
