package dev.pedidos.worker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.QueuePlaces;
import dev.pedidos.shared.ledger.fleet.FleetView;
import dev.pedidos.shared.ledger.fleet.FleetView.Member;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which places a worker takes and gives up as the fleet's rows change. */
class ShardsTest {

    private static final int SHARDS = 4;
    private static final Topology NAMES =
            new Topology("", SHARDS, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(2)));

    private final Places places = new Places();
    private final Shards shards = new Shards("a", NAMES, places);

    @Test
    void aWorkerAloneIsActiveOnEveryShard() {
        shards.follow(fleet(SHARDS, member("a")));
        assertThat(places.taken.keySet()).containsExactlyElementsOf(queues(0, 1, 2, 3));
        assertThat(shards.active()).hasSize(SHARDS);
        assertThat(shards.standby()).isEmpty();
    }

    @Test
    void aShardIsLeftOnlyWhenTheNewActiveWorkerHasItsPlace() {
        shards.follow(fleet(SHARDS, member("a")));
        shards.follow(fleet(SHARDS, member("a"), member("b"), member("c")));
        assertThat(places.taken).as("nobody has taken over yet").hasSize(SHARDS);
        shards.follow(fleet(SHARDS, member("a"), everywhere("b"), everywhere("c")));
        var mine = shards.active().keySet();
        var standby = shards.standby().keySet();
        assertThat(places.taken.keySet())
                .isEqualTo(IntStream.concat(
                                mine.stream().mapToInt(Integer::intValue),
                                standby.stream().mapToInt(Integer::intValue))
                        .mapToObj(NAMES::shardQueue)
                        .collect(Collectors.toSet()));
        assertThat(mine).hasSizeLessThan(SHARDS);
    }

    @Test
    void whoStandsByMovesBehindTheActiveWorkerOnceForEachOfItsPlaces() {
        shards.follow(fleet(SHARDS, member("a"), everywhere("b")));
        int standby = shards.standby().keySet().iterator().next();
        String queue = NAMES.shardQueue(standby);
        long before = places.joined(queue);
        shards.follow(fleet(SHARDS, member("a"), everywhere("b")));
        assertThat(places.joined(queue)).as("the same place of the active one").isEqualTo(before);
        shards.follow(fleet(SHARDS, member("a"), new Member("b", everyShard(77))));
        assertThat(places.joined(queue)).as("another place of the active one").isEqualTo(before + 1);
    }

    @Test
    void shardsThatAreGoneAreLeft() {
        shards.follow(fleet(SHARDS, member("a")));
        shards.follow(fleet(2, member("a")));
        assertThat(places.taken.keySet()).containsExactlyElementsOf(queues(0, 1));
    }

    @Test
    void aShardThatTheFleetHasGivenUpIsNamedUntilItsDeliveriesHaveEnded() {
        shards.follow(fleet(SHARDS, member("a")));
        assertThat(shards.ending()).isEmpty();
        shards.follow(fleet(2, member("a")));
        assertThat(shards.ending()).containsOnlyKeys(2, 3);
        places.ending.remove(NAMES.shardQueue(2));
        assertThat(shards.ending()).containsOnlyKeys(3);
    }

    private static FleetView fleet(int shards, Member... members) {
        return new FleetView(shards, List.of(members));
    }

    private static Member member(String name) {
        return new Member(name, Map.of());
    }

    /** One that says it has a place on every shard. */
    private static Member everywhere(String name) {
        return new Member(name, everyShard(1));
    }

    private static Map<Integer, Long> everyShard(long place) {
        return IntStream.range(0, SHARDS).boxed().collect(Collectors.toMap(shard -> shard, shard -> place));
    }

    private static List<String> queues(Integer... numbers) {
        return List.of(numbers).stream().map(NAMES::shardQueue).toList();
    }

    /** A broker's lines of consumers, as far as this worker sees them. */
    private static final class Places implements QueuePlaces {

        final Map<String, Long> taken = new TreeMap<>();
        final Map<String, Long> ending = new TreeMap<>();
        private final List<String> joined = new ArrayList<>();

        @Override
        public void join(String queue) {
            if (!taken.containsKey(queue)) {
                joined.add(queue);
                taken.put(queue, (long) joined.size());
            }
        }

        @Override
        public void joinAtEnd(String queue) {
            leave(queue);
            join(queue);
        }

        @Override
        public void leave(String queue) {
            Long place = taken.remove(queue);
            if (place != null) {
                ending.put(queue, place);
            }
        }

        @Override
        public Map<String, Long> ending() {
            return Map.copyOf(ending);
        }

        @Override
        public Map<String, Long> places() {
            return Map.copyOf(taken);
        }

        long joined(String queue) {
            return joined.stream().filter(queue::equals).count();
        }
    }
}
