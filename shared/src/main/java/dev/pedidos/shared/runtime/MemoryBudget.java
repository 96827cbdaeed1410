package dev.pedidos.shared.runtime;

/**
 * How much of the heap may be held for what. Each kind of work has a part of its own, so that none takes what another one needs;
 * all parts together leave room for the program itself.
 */
public record MemoryBudget(long heapBytes) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Of a batch, a page, a round: a 128th of the heap, and within these. */
    private static final long SMALLEST_BATCH = MIB;

    private static final long LARGEST_BATCH = 4 * MIB;

    public static MemoryBudget ofThisProcess() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory());
    }

    /**
     * What a batch of notes, a claim of the relay, a round of an intake or a page of a list may have together. On its way each has
     * several forms at once: it takes about six times as much.
     */
    public int batchBytes() {
        return (int) Math.clamp(heapBytes / 128, SMALLEST_BATCH, LARGEST_BATCH);
    }

    /** Bodies of messages that the broker has not confirmed yet. */
    public MemoryShare unconfirmed() {
        return share(4);
    }

    /** Bodies of pedidos that are still coming in. */
    public MemoryShare pedidosComing() {
        return share(4);
    }

    /** Pedidos from their last byte to their answer. */
    public MemoryShare pedidosInHand() {
        return share(12);
    }

    /** Lists of stock that are still coming in. */
    public MemoryShare listsComing() {
        return share(2);
    }

    /** Lists of stock from their last byte to their answer. */
    public MemoryShare listsInHand() {
        return share(4);
    }

    /** What the database answered and the client has not read yet. */
    public MemoryShare answers() {
        return share(4);
    }

    /** Connections of clients: one that sends its head slowly takes some tens of kilobytes. */
    public int connections() {
        return Math.clamp(heapBytes / (128 * KIB), 512, 16_384);
    }

    /** Per shard; at least one. */
    public int messagesSentAhead(int shards, int largestBytes) {
        return Math.clamp(heapBytes / 4 / shards / largestBytes, 1, Integer.MAX_VALUE);
    }

    private MemoryShare share(int sixtyFourths) {
        return new MemoryShare(heapBytes / 64 * sixtyFourths);
    }
}
