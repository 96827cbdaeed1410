package dev.pedidos.tools.proof.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lines between one reader and many senders. A receiver's next line is handed out after the one before it is finished,
 * so that its lines are accepted in the order of the file. Holds a bounded number of lines and bytes.
 */
final class LinesByReceiver {
    private static final int MOST_LINES = 10_000;
    private static final long MOST_BYTES = 64L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Line> free = new ArrayDeque<>();
    /** A receiver in this map has one line that is ready or being sent; its other lines wait here. */
    private final Map<String, Deque<Line>> waiting = new HashMap<>();

    private int lines;
    private long bytes;
    private boolean ended;
    private @Nullable String stopped;

    /** Waits for room. False: the sending has stopped; {@link #unsent} returns the line. */
    boolean put(Line line) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (stopped == null && lines > 0 && (lines >= MOST_LINES || bytes >= MOST_BYTES)) {
                changed.await();
            }
            lines++;
            bytes += line.pedido().body().length;
            Deque<Line> before = line.receiver() == null ? null : waiting.get(line.receiver());
            if (before == null) {
                free.add(line);
                if (line.receiver() != null) {
                    waiting.put(line.receiver(), new ArrayDeque<>());
                }
            } else {
                before.add(line);
            }
            changed.signalAll();
            return stopped == null;
        } finally {
            lock.unlock();
        }
    }

    /** No more lines follow. */
    void end() {
        change(() -> ended = true);
    }

    /** Hands out no more lines; the first reason is kept. */
    void stop(String reason) {
        change(() -> stopped = stopped == null ? reason : stopped);
    }

    /** Waits for a line; null if there are no more. The caller reports {@link #done}. */
    @Nullable
    Line take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (stopped == null && free.isEmpty() && !(ended && lines == 0)) {
                changed.await();
            }
            return stopped == null ? free.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    void done(Line line) {
        change(() -> {
            lines--;
            bytes -= line.pedido().body().length;
            if (line.receiver() == null) {
                return;
            }
            Line next =
                    waiting.getOrDefault(line.receiver(), new ArrayDeque<>()).poll();
            if (next == null) {
                waiting.remove(line.receiver());
            } else {
                free.add(next);
            }
        });
    }

    /** Waits for this time; true as soon as the sending has stopped. */
    boolean isStoppedWithin(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (stopped == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return stopped != null;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    String stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Lines that were read and not taken, in the order of the file. */
    List<Line> unsent() {
        lock.lock();
        try {
            List<Line> all = new ArrayList<>(free);
            waiting.values().forEach(all::addAll);
            all.sort(Comparator.comparingLong(line -> line.pedido().line()));
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
