package dev.pedidos.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.fleet.Assignment.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {

    @ParameterizedTest
    @CsvSource({"1,16", "2,16", "3,16", "4,16", "5,16", "7,32", "16,16", "20,16", "3,1", "10,256", "64,256"})
    void everyShardHasOneActiveAndNobodyMoreThanItsEvenShare(int workers, int shards) {
        var assignment = Assignment.of(fleet(workers), shards);

        assertThat(assignment.active()).hasSize(shards);
        assertThat(sizes(assignment.active()).values())
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(Math.ceilDiv(shards, workers)));
    }

    @Test
    void fourWorkersHaveFourOfSixteenEach() {
        assertThat(sizes(Assignment.of(fleet(4), 16).active()).values()).containsExactly(4L, 4L, 4L, 4L);
    }

    @Test
    void theSameForEverybodyWhateverTheOrderOfItsRows() {
        var fleet = new ArrayList<>(fleet(7));
        var expected = Assignment.of(fleet, 32);
        Collections.shuffle(fleet, new Random(5));

        assertThat(Assignment.of(fleet, 32)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2,16", "3,16", "4,16", "8,64", "20,16"})
    void whoStandsByIsWhoGetsTheShardWhenTheActiveOneIsGone(int workers, int shards) {
        var fleet = fleet(workers);
        var before = Assignment.of(fleet, shards);
        for (String gone : fleet) {
            var after = Assignment.of(
                    fleet.stream().filter(each -> !each.equals(gone)).toList(), shards);
            before.active().forEach((shard, active) -> {
                assertThat(before.standby().get(shard)).isNotEqualTo(active);
                if (active.equals(gone)) {
                    assertThat(after.active().get(shard))
                            .isEqualTo(before.standby().get(shard));
                }
            });
        }
    }

    /** One share has to move; even shares make some others move too. */
    @ParameterizedTest
    @CsvSource({"4,64", "8,64", "15,256"})
    void comingAndGoingMovesLessThanTwoShares(int workers, int shards) {
        double moved = 0;
        int fleets = 50;
        for (int i = 0; i < fleets; i++) {
            var fleet = fleet("run-" + i + "-", workers + 1);
            var before = Assignment.of(fleet.subList(0, workers), shards).active();
            var after = Assignment.of(fleet, shards).active();
            moved += before.keySet().stream()
                    .filter(shard -> !Objects.equals(before.get(shard), after.get(shard)))
                    .count();
        }

        assertThat(moved / fleets).isLessThan(2.0 * shards / (workers + 1));
    }

    @Test
    void aloneNobodyStandsBy() {
        var assignment = Assignment.of(List.of("one"), 4);

        assertThat(assignment.standby()).isEmpty();
        assertThat(assignment.roleOf("one", 3)).isEqualTo(Role.ACTIVE);
        assertThat(assignment.roleOf("stranger", 3)).isEqualTo(Role.NONE);
        assertThat(Assignment.of(List.of(), 4).active()).isEmpty();
    }

    private static List<String> fleet(int workers) {
        return fleet("host:", workers);
    }

    private static List<String> fleet(String prefix, int workers) {
        return IntStream.range(0, workers).mapToObj(i -> prefix + i).toList();
    }

    private static Map<String, Long> sizes(Map<Integer, String> active) {
        return active.values().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
