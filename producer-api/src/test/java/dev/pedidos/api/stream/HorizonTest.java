package dev.pedidos.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.read.StreamReads.Newest;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HorizonTest {
    private final Horizon horizon = new Horizon();

    @Test
    void anIdIsSettledAtOnceIfNobodyElseWrites() {
        assertThat(horizon.isKnown()).isFalse();
        horizon.see(new Newest(7, Set.of()));
        assertThat(horizon.settled()).isEqualTo(7);
    }

    @Test
    void anIdWaitsForThoseWhoWroteWhenItWasSeenAndForNobodyElse() {
        horizon.see(new Newest(7, Set.of("a", "b")));
        assertThat(horizon.isKnown()).isFalse();
        horizon.see(new Newest(7, Set.of("b", "c")));
        assertThat(horizon.isKnown()).isFalse();
        horizon.see(new Newest(9, Set.of("c")));
        assertThat(horizon.settled()).isEqualTo(7);
        horizon.see(new Newest(9, Set.of()));
        assertThat(horizon.settled()).isEqualTo(9);
    }

    @Test
    void aLedgerThatWentBackIsNoticed() {
        horizon.see(new Newest(7, Set.of()));
        assertThat(horizon.see(new Newest(6, Set.of()))).isFalse();
    }

    @Test
    void aTransactionThatStaysOpenTakesNoMemory() {
        for (int id = 1; id <= 10 * Horizon.MOST_MARKS; id++) {
            horizon.see(new Newest(id, Set.of("long", "of " + id)));
        }
        assertThat(horizon.isKnown()).isFalse();
        horizon.see(new Newest(10 * Horizon.MOST_MARKS, Set.of()));
        assertThat(horizon.settled()).isEqualTo(10 * Horizon.MOST_MARKS);
    }

    /** Transactions draw ids and commit or roll back in any order, between looks at any time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noEventBecomesVisibleBelowASettledId(long seed) {
        var random = new Random(seed);
        long drawn = 0;
        var open = new TreeMap<String, TreeSet<Long>>();
        var visible = new TreeSet<Long>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(4)) {
                case 0 ->
                    open.computeIfAbsent("t" + step, none -> new TreeSet<>()).add(++drawn);
                case 1 -> {
                    if (!open.isEmpty()) {
                        open.values().stream()
                                .skip(random.nextInt(open.size()))
                                .findFirst()
                                .orElseThrow()
                                .add(++drawn);
                    }
                }
                case 2 -> {
                    if (!open.isEmpty()) {
                        String ending = open.keySet().stream()
                                .skip(random.nextInt(open.size()))
                                .findFirst()
                                .orElseThrow();
                        var ids = open.remove(ending);
                        if (random.nextBoolean()) {
                            assertThat(ids).allMatch(id -> id > horizon.settled());
                            visible.addAll(ids);
                        }
                    }
                }
                default -> {
                    if (!visible.isEmpty()) {
                        // The snapshot comes first: one may end before the locks are looked at.
                        long newest = visible.last();
                        if (!open.isEmpty() && random.nextBoolean()) {
                            var ids = open.pollFirstEntry().getValue();
                            assertThat(ids).allMatch(id -> id > horizon.settled());
                            visible.addAll(ids);
                        }
                        Set<String> writers = Set.copyOf(open.keySet());
                        horizon.see(new Newest(newest, writers));
                    }
                }
            }
        }
        assertThat(horizon.settled()).isPositive();
    }
}
