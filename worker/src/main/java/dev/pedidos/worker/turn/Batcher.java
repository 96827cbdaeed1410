package dev.pedidos.worker.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions of many threads, several at a time. Questions that come while the answering threads are busy are answered
 * together by the next thread that is free. A question that finds a free thread waits for no other question.
 */
final class Batcher<Q, A> {

    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 60;

    private record Waiting<Q, A>(Q question, CompletableFuture<Optional<A>> answer) {}

    private final int most;
    private final Function<List<Q>, List<Optional<A>>> answering;
    private final Queue<Waiting<Q, A>> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads;

    /**
     * @param most questions that are answered at a time
     * @param answering gives the answers in the order of the questions
     */
    Batcher(String name, int most, Function<List<Q>, List<Optional<A>>> answering) {
        this.most = most;
        this.answering = answering;
        var pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /**
     * Waits for the answer, also if this thread is interrupted: the work is under way.
     *
     * @return empty if there is none
     */
    Optional<A> ask(Q question) {
        var one = new Waiting<Q, A>(question, new CompletableFuture<>());
        waiting.add(one);
        threads.execute(this::answerSome);
        return one.answer().join();
    }

    /** Questions that no thread has taken. */
    int waiting() {
        return waiting.size();
    }

    /** Nothing is left to do if an earlier call took all. */
    private void answerSome() {
        List<Waiting<Q, A>> some = new ArrayList<>();
        while (some.size() < most) {
            var next = waiting.poll();
            if (next == null) {
                break;
            }
            some.add(next);
        }
        if (!some.isEmpty()) {
            answer(some);
        }
    }

    private void answer(List<Waiting<Q, A>> some) {
        List<Optional<A>> answers = List.of();
        try {
            answers = answering.apply(some.stream().map(Waiting::question).toList());
        } catch (RuntimeException e) {
            LOG.warn("{} pedidos could not be handled together; each goes on alone", some.size(), e);
        } finally {
            for (int i = 0; i < some.size(); i++) {
                some.get(i).answer().complete(i < answers.size() ? answers.get(i) : Optional.empty());
            }
        }
    }
}
