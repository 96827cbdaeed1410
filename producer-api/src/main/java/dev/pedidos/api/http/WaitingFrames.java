package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The frames of a stream that are not written yet, bounded in bytes. They are written in pieces of several. For one thread at a time. */
final class WaitingFrames {
    private static final int PIECE_BYTES = 32 * 1024;

    private final int mostBytes;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    /** Of the piece that is being written. */
    private int pieceBytes;

    /** @param mostBytes a larger frame waits alone */
    WaitingFrames(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** True if half of the room is free, and a frame of this size fits. */
    boolean isWorthMore(int bytes) {
        return waitingBytes + pieceBytes <= mostBytes / 2 && hasRoomFor(bytes);
    }

    private boolean hasRoomFor(int bytes) {
        int before = waitingBytes + pieceBytes;
        return before == 0 || before + bytes <= mostBytes;
    }

    /** @return false if there is no room now; it was not added then */
    boolean add(byte[] frame) {
        if (!hasRoomFor(frame.length)) {
            return false;
        }
        waiting.add(frame);
        waitingBytes += frame.length;
        return true;
    }

    /** Whether there is room or not. */
    void addFirst(byte[] frame) {
        waiting.addFirst(frame);
        waitingBytes += frame.length;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Drops them all. The piece that is being written is not touched. */
    void clear() {
        waiting.clear();
        waitingBytes = 0;
    }

    /** Joins the first ones to a piece, one at least. They take room until {@link #written}. */
    ByteBuffer nextPiece() {
        byte[] first = waiting.remove();
        int more = 0;
        for (byte[] next : waiting) {
            if (first.length + more + next.length > PIECE_BYTES) {
                break;
            }
            more += next.length;
        }
        pieceBytes = first.length + more;
        waitingBytes -= pieceBytes;
        if (more == 0) {
            return ByteBuffer.wrap(first);
        }
        ByteBuffer joined = ByteBuffer.allocate(pieceBytes).put(first);
        while (joined.hasRemaining()) {
            joined.put(waiting.remove());
        }
        return joined.flip();
    }

    /** The piece needs no room any more. */
    void written() {
        pieceBytes = 0;
    }
}
