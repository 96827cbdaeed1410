package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.time.Duration;
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

    private static final byte[] COMMENT = {':', '\n', '\n'};

    /** The writer's next step. */
    sealed interface Next {
        record Piece(ByteBuffer bytes) implements Next {}

        /** Not now. */
        record Nothing() implements Next {}

        /** The stream ends. */
        record End() implements Next {}
    }

    private final WaitingFrames frames;
    private final Executor writing;
    private final Runnable onOver;
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
        frames = new WaitingFrames(mostBytes);
        this.writing = writing;
        this.onOver = onOver;
    }

    /** Instead of an ordinary answer; its head is written when the handler is finished. */
    synchronized void begin() {
        begun = true;
        frames.addFirst(COMMENT);
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
        return !over && frames.isWorthMore(bytes);
    }

    /** True if nothing more will be written: the client has all, or is gone. */
    public synchronized boolean isOver() {
        return over;
    }

    /** @return false if there is no room now; nothing was added then */
    public boolean offer(byte[] bytes) {
        synchronized (this) {
            if (over || ending || !frames.add(bytes)) {
                return false;
            }
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
            frames.clear();
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

    /** The piece before has been written. */
    synchronized Next next() {
        frames.written();
        isWriting = !frames.isEmpty() || ending;
        if (!isWriting) {
            return new Next.Nothing();
        }
        pieceNanos = System.nanoTime();
        return frames.isEmpty() ? new Next.End() : new Next.Piece(frames.nextPiece());
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
            frames.clear();
        }
        onOver.run();
    }
}
