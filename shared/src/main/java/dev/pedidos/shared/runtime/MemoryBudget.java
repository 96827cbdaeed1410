package dev.pedidos.shared.runtime;

/**
 * Divides the heap. Each kind of work has a share of its own, so that none takes what another one needs; all shares
 * together leave room for the program itself.
 */
public record MemoryBudget(long heapBytes) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** The bound of a batch, a page or a round is a 128th of the heap, and within these two. */
    private static final long SMALLEST_BATCH = MIB;

    private static final long LARGEST_BATCH = 4 * MIB;

    public static MemoryBudget ofThisProcess() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory());
    }

    /**
     * The bytes that a batch of pedidos, a claim of the relay, a round of an intake or a page of a list may have
     * together. On its way a batch exists in several forms at once: it takes about six times as much.
     */
    public int batchBytes() {
        return (int) Math.clamp(heapBytes / 128, SMALLEST_BATCH, LARGEST_BATCH);
    }

    /** Bodies of messages that the broker has not confirmed yet. */
    public MemoryShare unconfirmed() {
        return share(4);
    }

    /** Bodies of pedidos that are being received. */
    public MemoryShare pedidosComing() {
        return share(4);
    }

    /** Pedidos from their last byte to their answer. */
    public MemoryShare pedidosInHand() {
        return share(12);
    }

    /** Bodies that are lists (stock, batches of expenses) and are being received. */
    public MemoryShare listsComing() {
        return share(2);
    }

    /** Bodies that are lists, from their last byte to their answer. */
    public MemoryShare listsInHand() {
        return share(4);
    }

    /** Answers about one pedido or operation that the client has not read yet. */
    public MemoryShare answers() {
        return share(4);
    }

    /** Pages of pedidos that the client has not read yet. */
    public MemoryShare pages() {
        return share(4);
    }

    /** Large answers that clients have not read yet. */
    public MemoryShare unreadAnswers() {
        return share(4);
    }

    /** Events that clients of streams have not read yet. */
    public MemoryShare streams() {
        return share(4);
    }

    /** Bodies of webhooks that are being sent. */
    public MemoryShare webhooks() {
        return share(4);
    }

    /** Pedidos that a worker has decoded, in bytes. */
    public long decodedPedidos() {
        return heapBytes / 64 * 12;
    }

    /** Client connections: one that sends its head slowly takes some tens of kilobytes. */
    public int connections() {
        return Math.clamp(heapBytes / (128 * KIB), 512, 16_384);
    }

    /** Requests that may wait for an end: each holds some kilobytes, and all together less than a 64th of the heap. */
    public int waitingRequests() {
        return Math.clamp(heapBytes / (512 * KIB), 16, 1000);
    }

    /** Per shard; at least one. A message that waits may be in memory as its pedido, too. */
    public int messagesSentAhead(int shards, int largestBytes) {
        return sentAhead(heapBytes / 4, shards, largestBytes);
    }

    /** As {@link #messagesSentAhead}, for messages that do not wait for each other: they become pedidos by the lot. */
    public int messagesSentAheadForLots(int shards, int largestBytes) {
        return sentAhead(heapBytes / 2, shards, largestBytes);
    }

    private static int sentAhead(long bytes, int shards, int largestBytes) {
        return Math.clamp(bytes / shards / largestBytes, 1, Integer.MAX_VALUE);
    }

    private MemoryShare share(int sixtyFourths) {
        return new MemoryShare(heapBytes / 64 * sixtyFourths);
    }
}
