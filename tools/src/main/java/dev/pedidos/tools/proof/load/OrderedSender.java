package dev.pedidos.tools.proof.load;

import dev.pedidos.tools.api.ApiEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends pedidos so that those of one receiver are accepted in the order of their source, with any number sent at the
 * same time. While the API is down it waits and sends again; a pedido that is sent again is recognised by its id or a
 * key.
 */
public final class OrderedSender {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final PostResult ON_ITS_WAY =
            new PostResult(LoadAnswer.NONE, "stopped while it was being sent", Duration.ZERO);

    /**
     * How to send.
     *
     * @param perSecond 0: no limit
     * @param giveUpAfter the time for one pedido; after it the sending stops
     */
    public record Plan(ApiEndpoint api, int concurrency, int perSecond, Duration giveUpAfter) {}

    /** Called by many threads, one at a time. */
    public interface Answers {
        /** @param again the same pedido as a line of another file, if this answer is not final */
        void accept(LoadAnswer answer, byte[] again);
    }

    private final Plan plan;
    private final Pace pace;
    private final Outage outage;
    private final Answers answers;
    private final String run = "send-" + UUID.randomUUID();
    private final LinesByReceiver lines = new LinesByReceiver();
    private @Nullable Thread reader;
    private volatile @Nullable IOException unreadable;

    /** @param say receives messages for the user */
    public OrderedSender(Plan plan, Answers answers, Consumer<String> say) {
        this.plan = plan;
        this.pace = new Pace(plan.perSecond());
        this.answers = answers;
        this.outage = new Outage(plan.giveUpAfter(), System::nanoTime, say);
    }

    /**
     * Returns when everything is answered, or when the sending stops: see {@link #stopped} and {@link #unsent}.
     *
     * @throws IOException the source cannot be read; everything read before has been answered
     * @throws InterruptedException everything that was being sent has its answer, perhaps {@link LoadAnswer#NONE}
     */
    public void send(Source source) throws IOException, InterruptedException {
        reader = Thread.ofPlatform().daemon().name("reader").start(() -> read(source));
        try (var post = new PedidoPost(ANSWER_WITHIN);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = IntStream.range(0, plan.concurrency())
                    .mapToObj(number -> threads.submit(() -> sendOneByOne(post)))
                    .toList();
            try {
                for (Future<?> sender : senders) {
                    sender.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a sender failed", e);
            } catch (InterruptedException e) {
                lines.stop("interrupted");
                throw e;
            } finally {
                threads.shutdownNow();
            }
        }
        var failure = unreadable;
        if (failure != null) {
            throw failure;
        }
    }

    private void read(Source source) {
        try {
            Outgoing next = source.next();
            while (next != null && lines.put(Line.of(next, run))) {
                next = source.next();
            }
        } catch (IOException e) {
            unreadable = e;
        } catch (RuntimeException e) {
            unreadable = new IOException("an unexpected failure: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lines.end();
        }
    }

    private @Nullable Void sendOneByOne(PedidoPost post) throws InterruptedException {
        try {
            for (Line line = lines.take(); line != null; line = lines.take()) {
                pace.await();
                deliver(post, line);
                lines.done(line);
            }
            return null;
        } catch (RuntimeException e) {
            // The other senders would wait for this line for ever.
            lines.stop("an unexpected failure: " + e);
            throw e;
        }
    }

    private void deliver(PedidoPost post, Line line) throws InterruptedException {
        long start = System.nanoTime();
        boolean unknown = false;
        int tries = 0;
        PostResult attempt = ON_ITS_WAY;
        try {
            do {
                tries++;
                attempt = ON_ITS_WAY;
                attempt = post.once(plan.api(), line.pedido(), line.key());
                unknown |= attempt.status() == LoadAnswer.NONE;
            } while (attempt.mayPass() && !waitOrGiveUp(start, attempt, tries));
        } finally {
            if (!attempt.mayPass()) {
                outage.over();
            }
            if (attempt.blamesTheAddress()) {
                lines.stop(plan.api() + " answered " + attempt.what() + ": is it the right address, and does it"
                        + " need a --header?");
            }
            int status = unknown && attempt.mayPass() ? LoadAnswer.NONE : attempt.status();
            var answer = new LoadAnswer(line.pedido(), start, System.nanoTime(), status, attempt.body(), tries - 1);
            synchronized (answers) {
                answers.accept(answer, again(line, attempt, tries));
            }
        }
    }

    /** A line that may have been taken is the same pedido when it is sent again. */
    private static byte[] again(Line line, PostResult last, int tries) {
        boolean maybeTaken = tries > 1 || last.mayPass() || LoadAnswer.isUnknown(last.status());
        return maybeTaken ? line.withItsId() : line.pedido().body();
    }

    /** Waits until it is time to try again; true if the pedido is given up instead. */
    private boolean waitOrGiveUp(long start, PostResult attempt, int tries) throws InterruptedException {
        outage.failed(attempt.what());
        if (System.nanoTime() - start >= plan.giveUpAfter().toNanos()) {
            lines.stop(
                    "the API accepted nothing for " + plan.giveUpAfter().toSeconds() + " s (" + attempt.what() + ")");
        }
        long pause = Math.min(FIRST_PAUSE.toNanos() << Math.min(tries - 1, 10), LONGEST_PAUSE.toNanos());
        return lines.isStoppedWithin(Math.max(pause, attempt.pause().toNanos()));
    }

    /** Why the sending stopped before the end; null if it did not. */
    public @Nullable String stopped() {
        return lines.stopped();
    }

    /**
     * True if no thread reads from the source any more. A thread that waits for a pipe cannot be interrupted.
     *
     * @param patience the longest time to wait for it
     */
    public boolean hasLeftTheSource(Duration patience) throws InterruptedException {
        return reader == null || reader.join(patience);
    }

    /** Pedidos that were read and never sent, in the order of the source. */
    public List<Outgoing> unsent() {
        return lines.unsent().stream().map(Line::pedido).toList();
    }
}
