package dev.pedidos.api.prefer;

import dev.pedidos.api.http.AnswerBody;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A request that waits for an end. It is looked at less often the longer it waits. */
final class WaitingRequest {
    private static final long FIRST_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(500).toNanos();
    /** A look comes after a quarter more of the time waited so far. */
    private static final int PART = 4;

    private final Awaitable awaitable;
    private final String id;
    private final long sinceNanos;
    private final CompletableFuture<Optional<AnswerBody>> result = new CompletableFuture<>();
    private long nextNanos;

    WaitingRequest(Awaitable awaitable, String id, long nowNanos) {
        this.awaitable = awaitable;
        this.id = id;
        sinceNanos = nowNanos;
        nextNanos = nowNanos + FIRST_NANOS;
    }

    Awaitable awaitable() {
        return awaitable;
    }

    String id() {
        return id;
    }

    /** Completes with the answer; empty if there is none in time. */
    CompletableFuture<Optional<AnswerBody>> result() {
        return result;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    void lookedAt(long nowNanos) {
        nextNanos = nowNanos + Math.clamp((nowNanos - sinceNanos) / PART, FIRST_NANOS, LONGEST_NANOS);
    }

    void answer(AnswerBody answer) {
        if (!result.complete(Optional.of(answer))) {
            answer.close();
        }
    }

    void giveUp() {
        result.complete(Optional.empty());
    }
}
