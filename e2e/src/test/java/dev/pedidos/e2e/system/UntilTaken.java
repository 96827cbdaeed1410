package dev.pedidos.e2e.system;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Calls that are made again while the answer is 503, as by a client that knows of outages. */
public final class UntilTaken {
    private static final long LONGEST_NANOS = Duration.ofSeconds(90).toNanos();
    private static final Executor AFTER_A_PAUSE = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private UntilTaken() {}

    /** The first other answer, or the last 503. */
    public static <A> CompletableFuture<A> answer(Supplier<CompletableFuture<A>> call, ToIntFunction<A> status) {
        return answer(call, status, System.nanoTime());
    }

    private static <A> CompletableFuture<A> answer(
            Supplier<CompletableFuture<A>> call, ToIntFunction<A> status, long since) {
        return call.get()
                .thenCompose(answer -> status.applyAsInt(answer) != 503 || System.nanoTime() - since > LONGEST_NANOS
                        ? CompletableFuture.completedFuture(answer)
                        : CompletableFuture.supplyAsync(() -> answer(call, status, since), AFTER_A_PAUSE)
                                .thenCompose(Function.identity()));
    }
}
