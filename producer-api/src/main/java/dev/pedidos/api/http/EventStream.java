package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The stream of one client: bytes that are to be written, bounded, and written as fast as the client reads. Whoever
 * adds bytes never waits for the client.
 */
public final class EventStream {
    static final String ATTRIBUTE = "pedidos.stream";
    static final Duration COMMENT_EVERY = Duration.ofSeconds(15);
    /** The time for one piece. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PIECE_BYTES = 32 * 1024;
    private static final byte[] COMMENT = {':', '\n', '\n'};

    private final int mostBytes;
    private final Executor writing;
    private final Runnable onOver;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    /** Of the piece that is being written. */
    private int pieceBytes;

    private boolean isWriting;
    private long pieceNanos;
    private long commentNanos = System.nanoTime();
    private @Nullable StreamWriter writer;
    private boolean wakes;
    private boolean begun;
    private boolean ending;
    private boolean over;

    /**
     * @param mostBytes of frames that wait for the client; a larger frame waits alone
     * @param writing runs the writing
     * @param onOver runs once, when nothing more will be written
     */
    EventStream(int mostBytes, Executor writing, Runnable onOver) {
        this.mostBytes = mostBytes;
        this.writing = writing;
        this.onOver = onOver;
    }

    /** Instead of an ordinary answer; its head is written when the handler is finished. */
    synchronized void begin() {
        begun = true;
        waiting.addFirst(COMMENT);
        waitingBytes += COMMENT.length;
    }

    synchronized boolean isBegun() {
        return begun;
    }

    /**
     * True if the client has read enough that it is worth bringing more.
     *
     * @param bytes of the piece that is brought first, as far as it is known
     */
    public synchronized boolean hasRoomFor(int bytes) {
        int before = waitingBytes + pieceBytes;
        return !over && before <= mostBytes / 2 && fits(before, bytes);
    }

    private boolean fits(int before, int bytes) {
        return before == 0 || before + bytes <= mostBytes;
    }

    /** True if nothing more will be written: the client has all, or is gone. */
    public synchronized boolean isOver() {
        return over;
    }

    /** @return false if there is no room now; nothing was added then */
    public boolean offer(byte[] bytes) {
        synchronized (this) {
            int before = waitingBytes + pieceBytes;
            if (over || ending || !fits(before, bytes.length)) {
                return false;
            }
            waiting.add(bytes);
            waitingBytes += bytes.length;
        }
        wake();
        return true;
    }

    /** Ends the stream once all bytes that wait are written. */
    public void end() {
        synchronized (this) {
            ending = true;
        }
        wake();
    }

    /** Ends the stream at once. Bytes that wait are dropped. */
    void stop() {
        synchronized (this) {
            waiting.clear();
            waitingBytes = 0;
            ending = true;
        }
        wake();
    }

    void writeWith(StreamWriter by) {
        synchronized (this) {
            writer = by;
        }
        wake();
    }

    private void wake() {
        synchronized (this) {
            if (wakes || writer == null || over) {
                return;
            }
            wakes = true;
        }
        try {
            writing.execute(this::write);
        } catch (RejectedExecutionException stopped) {
            close();
        }
    }

    private void write() {
        StreamWriter by;
        synchronized (this) {
            wakes = false;
            by = writer;
        }
        if (by != null) {
            by.iterate();
        }
    }

    /** The next piece; the piece before it has been written. Null if nothing waits now, empty if the stream is over. */
    synchronized @Nullable ByteBuffer next() {
        isWriting = false;
        pieceBytes = 0;
        if (waiting.isEmpty() && !ending) {
            return null;
        }
        isWriting = true;
        pieceNanos = System.nanoTime();
        return waiting.isEmpty() ? ByteBuffer.allocate(0) : piece();
    }

    private ByteBuffer piece() {
        byte[] first = waiting.remove();
        pieceBytes = first.length;
        int more = 0;
        for (byte[] next : waiting) {
            if (first.length + more + next.length > PIECE_BYTES) {
                break;
            }
            more += next.length;
        }
        waitingBytes -= first.length + more;
        if (more == 0) {
            return ByteBuffer.wrap(first);
        }
        pieceBytes = first.length + more;
        ByteBuffer joined = ByteBuffer.allocate(pieceBytes).put(first);
        while (joined.hasRemaining()) {
            joined.put(waiting.remove());
        }
        return joined.flip();
    }

    /**
     * Adds a comment if it is time for one.
     *
     * @return false if the client has not taken a piece in time
     */
    boolean keepAlive(long nowNanos) {
        synchronized (this) {
            if (over || writer == null) {
                return true;
            }
            if (isWriting && nowNanos - pieceNanos > PATIENCE.toNanos()) {
                return false;
            }
            if (nowNanos - commentNanos < COMMENT_EVERY.toNanos()) {
                return true;
            }
            commentNanos = nowNanos;
        }
        offer(COMMENT);
        return true;
    }

    /** Closes the connection: the client reads too slowly, or the program stops. */
    void cut() {
        StreamWriter by;
        synchronized (this) {
            by = writer;
        }
        if (by != null) {
            by.cut();
        }
    }

    void close() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            waiting.clear();
            waitingBytes = 0;
        }
        onOver.run();
    }
}
