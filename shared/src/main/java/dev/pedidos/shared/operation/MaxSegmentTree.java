package dev.pedidos.shared.operation;

import java.util.Arrays;

/** A segment tree of maxima. Finds the first place with at least a given number in O(log n). */
final class MaxSegmentTree {
    static final int NONE = -1;
    private static final long ABSENT = Long.MIN_VALUE;

    private final int leaves;
    private final long[] greatest;

    /**
     * @param places how many places; the first is 0
     */
    MaxSegmentTree(int places) {
        leaves = Math.max(1, Integer.highestOneBit(Math.max(1, places)) * 2);
        greatest = new long[2 * leaves];
        Arrays.fill(greatest, ABSENT);
    }

    /** @param number {@code Long.MIN_VALUE} is as none */
    void put(int place, long number) {
        int node = leaves + place;
        greatest[node] = number;
        for (node /= 2; node > 0; node /= 2) {
            greatest[node] = Math.max(greatest[2 * node], greatest[2 * node + 1]);
        }
    }

    void takeOut(int place) {
        put(place, ABSENT);
    }

    /** The first place whose number is at least this; -1 if there is none. */
    int first(long least) {
        int node = 1;
        if (greatest[node] == ABSENT || greatest[node] < least) {
            return NONE;
        }
        while (node < leaves) {
            node = greatest[2 * node] >= least ? 2 * node : 2 * node + 1;
        }
        return node - leaves;
    }
}
