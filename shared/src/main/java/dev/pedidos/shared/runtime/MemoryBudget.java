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

    /** Messages that are not confirmed by the broker yet. */
    public long unconfirmedBytes() {
        return heapBytes / 16;
    }

    /** Messages that the broker sends ahead. */
    public long sentAheadBytes() {
        return heapBytes / 4;
    }

    /** A part of the heap. */
    public MemoryShare share(int sixtyFourths) {
        return new MemoryShare(heapBytes / 64 * sixtyFourths);
    }
}
