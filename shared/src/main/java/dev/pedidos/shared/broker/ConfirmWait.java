package dev.pedidos.shared.broker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until the broker has confirmed messages that were published. */
public final class ConfirmWait {

    private ConfirmWait() {}

    /**
     * Returns when the broker has confirmed all of them.
     *
     * @throws PublishFailed one has failed, or has no confirm after this time
     */
    public static void all(Collection<CompletableFuture<Void>> confirms, Duration most)
            throws PublishFailed, InterruptedException {
        try {
            CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new))
                    .get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PublishFailed("the broker did not confirm within " + most.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PublishFailed failed ? failed : new PublishFailed(e.toString());
        }
    }

    /** As {@link #all}, for one message. */
    public static void one(CompletableFuture<Void> confirm, Duration most) throws PublishFailed, InterruptedException {
        all(List.of(confirm), most);
    }

    /**
     * Waits until each is confirmed or has failed, for this time at most.
     *
     * @param confirms the confirm of each thing that was published
     * @return the things that the broker has confirmed, in the order of the map
     */
    public static <T> List<T> confirmed(Map<T, CompletableFuture<Void>> confirms, Duration most)
            throws InterruptedException {
        try {
            all(confirms.values(), most);
        } catch (PublishFailed e) {
            // Those that are confirmed count all the same.
        }
        return confirms.entrySet().stream()
                .filter(each -> each.getValue().isDone() && !each.getValue().isCompletedExceptionally())
                .map(Map.Entry::getKey)
                .toList();
    }
}
