package dev.pedidos.shared.broker.message;

import java.util.List;
import java.util.Map;

/**
 * The last time that the broker dead-lettered a message. Headers of the first time stay with the message: one that came through a
 * delay queue has expired there, whatever became of it later.
 *
 * @param queue that it was in
 * @param reason as RabbitMQ names it
 */
public record LastDeath(String queue, String reason) {

    /** The header with the reason of the first time. */
    public static final String FIRST_REASON = "x-first-death-reason";

    private static final String QUEUE = "x-last-death-queue";
    private static final String REASON = "x-last-death-reason";

    /** Both texts are empty if it was never dead-lettered. RabbitMQ names the last time from 3.13 on. */
    public static LastDeath of(Headers headers) {
        if (headers.has(REASON)) {
            return new LastDeath(headers.text(QUEUE), headers.text(REASON));
        }
        // The newest one comes first.
        if (headers.values().get("x-death") instanceof List<?> deaths
                && !deaths.isEmpty()
                && deaths.getFirst() instanceof Map<?, ?> newest) {
            return new LastDeath(String.valueOf(newest.get("queue")), String.valueOf(newest.get("reason")));
        }
        return new LastDeath(headers.text("x-first-death-queue"), headers.text(FIRST_REASON));
    }

    Map<String, Object> asHeaders() {
        return Map.of(QUEUE, queue, REASON, reason);
    }
}
