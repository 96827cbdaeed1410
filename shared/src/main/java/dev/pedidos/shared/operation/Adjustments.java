package dev.pedidos.shared.operation;

import java.util.Arrays;

/**
 * Finds the first of many adjustments that an amount allows, in a number of steps that grows with the logarithm of their number.
 * A tree in an array: each node has the least amount that one of the adjustments under it needs.
 */
final class Adjustments {
    private static final int NONE = -1;
    private static final long NOBODY = Long.MAX_VALUE;

    private final int leaves;
    private final long[] needed;

    /** @param places from 0 to this number, itself excluded */
    Adjustments(int places) {
        leaves = Math.max(1, Integer.highestOneBit(Math.max(1, places)) * 2);
        needed = new long[2 * leaves];
        Arrays.fill(needed, NOBODY);
    }

    /** @param centavos what it adds; a negative one needs that amount */
    void put(int place, long centavos) {
        set(place, centavos >= 0 ? 0 : Math.abs(Math.max(centavos, -Long.MAX_VALUE)));
    }

    void takeOut(int place) {
        set(place, NOBODY);
    }

    private void set(int place, long amount) {
        int node = leaves + place;
        needed[node] = amount;
        for (node /= 2; node > 0; node /= 2) {
            needed[node] = Math.min(needed[2 * node], needed[2 * node + 1]);
        }
    }

    /** The first place, from this one on, of an adjustment that needs no more than the amount; -1 if there is none. */
    int first(int from, long amount) {
        long most = Math.min(amount, NOBODY - 1);
        int node = leaves + from;
        while (from < leaves) {
            while (node % 2 == 0) {
                node /= 2;
            }
            if (needed[node] <= most) {
                return down(node, most);
            }
            node++;
            if (Integer.bitCount(node) == 1) {
                return NONE;
            }
        }
        return NONE;
    }

    private int down(int top, long most) {
        int node = top;
        while (node < leaves) {
            node = needed[2 * node] <= most ? 2 * node : 2 * node + 1;
        }
        return node - leaves;
    }
}
