package dev.pedidos.tools.proof.sample;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Picks a rank from 0. Rank r has the weight 1 / (r + flatness): a few are frequent, most are rare. */
public final class Zipf {
    private final double[] cumulated;

    public Zipf(int ranks, double flatness) {
        cumulated = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += 1 / (rank + flatness);
            cumulated[rank] = sum;
        }
    }

    public int pick(RandomGenerator random) {
        double point = random.nextDouble() * cumulated[cumulated.length - 1];
        int found = Arrays.binarySearch(cumulated, point);
        return Math.min(found < 0 ? -found - 1 : found, cumulated.length - 1);
    }
}
