package dev.pedidos.worker.execution;

import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.TreeSize;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory of the pedidos that are decoded at once in this worker. A pedido takes its share before it is decoded, and holds
 * it until it is finished. One that is larger than the whole takes all of it.
 */
public final class PedidoMemory {

    private static final int KIB = 1024;
    /** The parsed text (two bytes per character if one is beyond Latin-1), and a written form. */
    private static final int FORMS = 4;

    /** Memory that was taken; closing it gives it back. */
    public final class Taken implements AutoCloseable {

        private final int kibibytes;

        private Taken(int kibibytes) {
            this.kibibytes = kibibytes;
        }

        @Override
        public void close() {
            free.release(kibibytes);
        }
    }

    private final int most;
    private final Semaphore free;

    public PedidoMemory(long bytes) {
        this.most = Math.clamp(bytes / KIB, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(most, true);
    }

    /** The bytes that the pedido of a message takes while it is decoded. */
    public static long bytesOf(byte[] body) {
        return (long) FORMS * body.length + TreeSize.of(body);
    }

    /** The bytes that a head takes while it is decoded. */
    public static long bytesOf(Head head) {
        return bytesOf(head.payload().getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until there is as much; first come, first served. */
    public Taken take(long bytes) throws InterruptedException {
        int wanted = kibibytes(bytes);
        free.acquire(wanted);
        return new Taken(wanted);
    }

    /** Empty if there is not as much now. So it may be called by a thread that holds some already. */
    public Optional<Taken> takeIfFree(long bytes) {
        int wanted = kibibytes(bytes);
        return free.tryAcquire(wanted) ? Optional.of(new Taken(wanted)) : Optional.empty();
    }

    private int kibibytes(long bytes) {
        return Math.clamp(Math.ceilDiv(bytes, KIB), 1, most);
    }
}
