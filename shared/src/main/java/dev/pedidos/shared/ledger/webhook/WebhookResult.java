package dev.pedidos.shared.ledger.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of an attempt.
 *
 * @param ending FAILED if it is PENDING and its time is over: the ledger decides that
 * @param pause until the next attempt, if there is one
 * @param httpStatus null if no answer came
 * @param resposta the beginning of the answer; null if none came
 * @param erro why no answer came; null if one did
 */
public record WebhookResult(
        WebhookAttempt attempt,
        WebhookStatus ending,
        Duration pause,
        @Nullable Integer httpStatus,
        @Nullable String resposta,
        @Nullable String erro,
        Duration duration) {}
