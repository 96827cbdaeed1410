package dev.pedidos.worker.limit;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.fleet.Settling;
import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.LimitStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits in force: for each dependency one that keeps to what all living workers have set. Until this worker has read them,
 * its own hold.
 */
public final class FleetLimits {

    private static final Logger LOG = LoggerFactory.getLogger(FleetLimits.class);

    /** A standby that became the primary may have lost the slots. */
    private static final Duration RECREATE_SLOTS_EVERY = Duration.ofSeconds(10);

    /** A limit counts for ten seconds after its worker has written it. */
    private static final Duration GAP = Duration.ofSeconds(5);

    private final LimitStore ledger;
    private final String worker;
    private final Map<String, CallRate> own;
    /** The limits whose slots are there, by dependency. */
    private final Map<String, Limit> ready = new HashMap<>();

    private final Settling settling = new Settling(GAP);

    private volatile Map<String, Limit> inForce;
    private long slotsMadeAt = System.nanoTime();

    /**
     * @param worker the name of this process
     * @param own what its setting says
     */
    public FleetLimits(LimitStore ledger, String worker, Map<String, CallRate> own) {
        this.ledger = ledger;
        this.worker = worker;
        this.own = own;
        inForce = byDependency(own.entrySet().stream()
                .map(each -> new Limit(each.getKey(), each.getValue()))
                .toList());
    }

    public Optional<Limit> of(String dependency) {
        return Optional.ofNullable(inForce.get(dependency));
    }

    Collection<Limit> all() {
        return inForce.values();
    }

    /** Says its own, and follows those of all. For one thread. */
    void agree() throws SQLException {
        // One without limits of its own writes nothing, and would not see that the others cannot.
        ledger.database().refuseWhileDown();
        ledger.forget();
        var agreed = byDependency(ledger.agree(worker, own));
        var clock = ledger.database().readClock();
        long now = clock.askedAt();
        settling.wrote(clock.micros(), now);
        var limits = areSettled() ? agreed : both(inForce, agreed);
        makeSlots(limits.values(), now);
        inForce = limits;
    }

    private void makeSlots(Collection<Limit> limits, long now) {
        boolean again = now - slotsMadeAt > RECREATE_SLOTS_EVERY.toNanos();
        for (var limit : limits) {
            boolean isNew = !limit.equals(ready.get(limit.dependency()));
            if (isNew || again) {
                ledger.makeSlots(limit);
            }
            if (isNew) {
                ready.put(limit.dependency(), limit);
                logLimit(limit);
            }
            ledger.resetSlots(limit);
        }
        slotsMadeAt = again ? now : slotsMadeAt;
    }

    /** Whether the ledger has the limits of every living worker. */
    boolean areSettled() {
        return settling.isOver(System.nanoTime());
    }

    /** Each dependency of one of the two, with a limit that keeps to both. */
    static Map<String, Limit> both(Map<String, Limit> one, Map<String, Limit> other) {
        Map<String, Limit> both = new HashMap<>(one);
        other.forEach((dependency, limit) -> both.merge(
                dependency, limit, (a, b) -> new Limit(dependency, a.rate().and(b.rate()))));
        return Map.copyOf(both);
    }

    private void logLimit(Limit limit) {
        LOG.info(
                "the fleet calls {} at most {} times in {} s{}",
                limit.dependency(),
                limit.rate().calls(),
                limit.rate().window().toMillis() / 1000.0,
                limit.rate().equals(own.get(limit.dependency()))
                        ? ""
                        : "; the settings of other workers differ from this one's, and this keeps to all");
    }

    private static Map<String, Limit> byDependency(Collection<Limit> limits) {
        return limits.stream().collect(Collectors.toUnmodifiableMap(Limit::dependency, Function.identity()));
    }
}
