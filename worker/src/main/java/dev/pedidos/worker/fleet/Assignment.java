package dev.pedidos.worker.fleet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which worker is active on which shard, and which one stands by. Every worker computes the same from the same members:
 * rendezvous hashing, the lowest weights first, and no worker gets more than its even share. The worker that stands by on a
 * shard is the one that would get it without the active one, so a crash moves no shard twice.
 *
 * @param active by shard
 * @param standby by shard; empty if there is only one worker
 */
record Assignment(Map<Integer, String> active, Map<Integer, String> standby) {

    /** A worker's role on a shard. */
    enum Role {
        ACTIVE,
        STANDBY,
        NONE
    }

    private record Weighted(String worker, int shard, long weight) {}

    /** @param workers any order; each once */
    static Assignment of(Collection<String> workers, int shards) {
        Map<Integer, String> active = spread(workers, shards);
        Map<Integer, String> standby = new HashMap<>();
        for (String gone : workers) {
            List<String> others =
                    workers.stream().filter(worker -> !worker.equals(gone)).toList();
            Map<Integer, String> without = spread(others, shards);
            active.forEach((shard, worker) -> {
                if (worker.equals(gone) && without.containsKey(shard)) {
                    standby.put(shard, without.get(shard));
                }
            });
        }
        return new Assignment(active, standby);
    }

    Role roleOf(String worker, int shard) {
        if (worker.equals(active.get(shard))) {
            return Role.ACTIVE;
        }
        return worker.equals(standby.get(shard)) ? Role.STANDBY : Role.NONE;
    }

    private static Map<Integer, String> spread(Collection<String> workers, int shards) {
        Map<Integer, String> active = new HashMap<>();
        if (workers.isEmpty()) {
            return active;
        }
        int share = Math.ceilDiv(shards, workers.size());
        Map<String, Integer> taken = new HashMap<>();
        for (Weighted each : byWeight(workers, shards)) {
            int has = taken.getOrDefault(each.worker(), 0);
            if (has < share && !active.containsKey(each.shard())) {
                active.put(each.shard(), each.worker());
                taken.put(each.worker(), has + 1);
            }
        }
        return active;
    }

    private static List<Weighted> byWeight(Collection<String> workers, int shards) {
        List<Weighted> all = new ArrayList<>(workers.size() * shards);
        for (String worker : workers) {
            long seed = fnv1a(worker);
            for (int shard = 0; shard < shards; shard++) {
                all.add(new Weighted(worker, shard, mixed(seed + shard * 0x9E3779B97F4A7C15L)));
            }
        }
        all.sort(Comparator.comparingLong(Weighted::weight)
                .thenComparing(Weighted::worker)
                .thenComparing(Weighted::shard));
        return all;
    }

    /** FNV-1a, 64 bits: <a href="http://www.isthe.com/chongo/tech/comp/fnv/">Fowler, Noll, Vo</a>. */
    private static long fnv1a(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64: neighbouring shards get independent weights. */
    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
