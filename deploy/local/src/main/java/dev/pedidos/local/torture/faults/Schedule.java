package dev.pedidos.local.torture.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which fault comes when: the same for the same seed. Each comes once before any comes again, as from a shuffled deck. */
public final class Schedule {
    private static final Duration FIRST_AFTER = Duration.ofSeconds(3);
    private static final int SHORTEST_GAP_MILLIS = 1_500;
    private static final int LONGEST_GAP_MILLIS = 4_500;

    private Schedule() {}

    public static List<Planned> of(long seed, List<Fault> faults, Duration load) {
        var random = new Random(seed);
        List<Planned> schedule = new ArrayList<>();
        List<Fault> deck = new ArrayList<>();
        for (var at = FIRST_AFTER; at.compareTo(load) < 0; at = at.plusMillis(gap(random))) {
            if (deck.isEmpty()) {
                deck.addAll(faults);
                Collections.shuffle(deck, random);
            }
            var fault = deck.removeLast();
            schedule.add(new Planned(fault, at, length(fault, random), random.nextLong()));
        }
        return schedule;
    }

    private static int gap(Random random) {
        return random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS);
    }

    private static Duration length(Fault fault, Random random) {
        long more = fault.longest().minus(fault.shortest()).toMillis();
        return fault.shortest().plusMillis(more == 0 ? 0 : random.nextLong(more));
    }
}
