package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import java.time.Duration;
import java.util.Optional;

/** The result of an attempt. */
sealed interface CallResult {

    /** The endpoint has answered. */
    record Answered(EndpointAnswer answer) implements CallResult {}

    /** There was no answer. */
    record NoAnswer(CallFault fault) implements CallResult {}

    /** Never FAILED: the ledger decides that. A redirect is a failure, because its target was not checked. */
    default WebhookStatus ending() {
        return switch (this) {
            case Answered(EndpointAnswer answer)
            when answer.status() >= 200 && answer.status() < 300 -> WebhookStatus.DELIVERED;
            case Answered(EndpointAnswer answer) when answer.status() == 410 -> WebhookStatus.GONE;
            case Answered(EndpointAnswer answer) -> WebhookStatus.PENDING;
            case NoAnswer(CallFault fault) -> WebhookStatus.PENDING;
        };
    }

    /** Whether the endpoint cannot take others either: it is silent, says that it is in trouble, or wants fewer. */
    default boolean isOutage() {
        return switch (this) {
            case Answered(EndpointAnswer answer) -> answer.status() >= 500 || answer.status() == 429;
            case NoAnswer(CallFault fault) -> true;
        };
    }

    default Optional<Duration> retryAfter() {
        return switch (this) {
            case Answered(EndpointAnswer answer) -> answer.retryAfter();
            case NoAnswer(CallFault fault) -> Optional.empty();
        };
    }

    /** For the metric. */
    default String label() {
        return switch (this) {
            case Answered(EndpointAnswer answer) ->
                switch (ending()) {
                    case DELIVERED -> "delivered";
                    case GONE -> "gone";
                    case PENDING, FAILED -> "refused";
                };
            case NoAnswer(CallFault fault) -> "unanswered";
        };
    }
}
