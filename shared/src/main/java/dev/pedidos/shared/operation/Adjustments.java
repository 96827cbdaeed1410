package dev.pedidos.shared.operation;

/** Finds the first of many adjustments that an amount allows, without a look at each. */
final class Adjustments {

    /** Adjustments that lower the amount or keep it, stored as their delta. */
    private final MaxSegmentTree decreases;
    /** Adjustments that raise the amount, stored as the negated delta. */
    private final MaxSegmentTree increases;

    /**
     * @param places how many places; the first is 0
     */
    Adjustments(int places) {
        decreases = new MaxSegmentTree(places);
        increases = new MaxSegmentTree(places);
    }

    /** @param centavos what it adds */
    void put(int place, long centavos) {
        if (centavos > 0) {
            increases.put(place, -centavos);
        } else {
            decreases.put(place, centavos);
        }
    }

    void takeOut(int place) {
        increases.takeOut(place);
        decreases.takeOut(place);
    }

    /** The first place of an adjustment after which the amount is neither negative nor too large for a long; -1 if there is none. */
    int first(long amount) {
        int takes = decreases.first(-amount);
        int gives = increases.first(amount - Long.MAX_VALUE);
        return takes == MaxSegmentTree.NONE || (gives != MaxSegmentTree.NONE && gives < takes) ? gives : takes;
    }
}
