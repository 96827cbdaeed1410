package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Plans the faults: the same for the same seed. Each comes once before any is repeated, as from a shuffled deck.
 * Faults of different targets overlap; faults of one target leave it time to recover.
 */
public final class Schedule {
    private static final Duration FIRST_AFTER = Duration.ofSeconds(3);
    private static final int SHORTEST_GAP_MILLIS = 500;
    private static final int LONGEST_GAP_MILLIS = 4_000;

    private final Random random;
    private final Map<Target, Duration> busyUntil = new EnumMap<>(Target.class);

    private Schedule(long seed) {
        random = new Random(seed);
    }

    public static List<Planned> of(long seed, List<Fault> faults, Duration load) {
        return new Schedule(seed).plan(faults, load);
    }

    private List<Planned> plan(List<Fault> faults, Duration load) {
        List<Planned> planned = new ArrayList<>();
        List<Fault> deck = new ArrayList<>();
        for (var at = FIRST_AFTER; at.compareTo(load) < 0; at = at.plusMillis(gap())) {
            if (deck.isEmpty()) {
                deck.addAll(faults);
                Collections.shuffle(deck, random);
            }
            var now = at;
            Optional<Fault> next =
                    deck.stream().filter(fault -> canCome(fault, now)).findFirst();
            if (next.isPresent()) {
                deck.remove(next.get());
                planned.add(planned(next.get(), at));
            }
        }
        return planned;
    }

    private boolean canCome(Fault fault, Duration at) {
        return fault.targets().stream()
                .allMatch(
                        target -> busyUntil.getOrDefault(target, Duration.ZERO).compareTo(at) <= 0);
    }

    private Planned planned(Fault fault, Duration at) {
        long more = fault.longest().minus(fault.shortest()).toMillis();
        var length = fault.shortest().plusMillis(more == 0 ? 0 : random.nextLong(more));
        fault.targets().forEach(target -> busyUntil.put(target, at.plus(length).plus(target.recovery())));
        return new Planned(fault, at, length, random.nextLong());
    }

    private int gap() {
        return random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS);
    }
}
