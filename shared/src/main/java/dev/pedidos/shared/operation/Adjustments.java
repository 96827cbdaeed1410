package dev.pedidos.shared.operation;

/** Finds the first of many adjustments that an amount allows, without a look at each. */
final class Adjustments {

    /** Those that take, by what they add: a number that is not positive. */
    private final MaximumTree taking;
    /** Those that give, by what they would take. */
    private final MaximumTree giving;

    /** @param places from 0 to this number, itself excluded */
    Adjustments(int places) {
        taking = new MaximumTree(places);
        giving = new MaximumTree(places);
    }

    /** @param centavos what it adds */
    void put(int place, long centavos) {
        if (centavos > 0) {
            giving.put(place, -centavos);
        } else {
            taking.put(place, centavos);
        }
    }

    void takeOut(int place) {
        giving.takeOut(place);
        taking.takeOut(place);
    }

    /** The first place of an adjustment after which the amount is neither negative nor too large for a long; -1 if there is none. */
    int first(long amount) {
        int takes = taking.first(-amount);
        int gives = giving.first(amount - Long.MAX_VALUE);
        return takes == MaximumTree.NONE || (gives != MaximumTree.NONE && gives < takes) ? gives : takes;
    }
}
