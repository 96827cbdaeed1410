package dev.pedidos.worker.limit;

import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.LimitsOfFleet;
import dev.pedidos.shared.runtime.CallRate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits in force, by dependency: of what the living workers' settings say, the strictest. This worker keeps to its own until
 * it has asked.
 */
public final class FleetLimits {

    private static final Logger LOG = LoggerFactory.getLogger(FleetLimits.class);

    private final LimitsOfFleet ledger;
    private final String worker;
    private final Map<String, CallRate> own;
    /** Those that have their places. */
    private final Map<String, Limit> ready = new HashMap<>();

    private volatile Map<String, Limit> inForce;

    /**
     * @param worker the name of this process
     * @param own what its setting says
     */
    public FleetLimits(LimitsOfFleet ledger, String worker, Map<String, CallRate> own) {
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

    /** Says its own, and follows the strictest. For one thread. */
    void agree() {
        ledger.forget();
        var agreed = ledger.agree(worker, own);
        for (var limit : agreed) {
            if (!limit.equals(ready.put(limit.dependency(), limit))) {
                ledger.makePlaces(limit);
                say(limit);
            }
            ledger.resetPlaces(limit);
        }
        inForce = byDependency(agreed);
    }

    private void say(Limit limit) {
        LOG.info(
                "the fleet calls {} at most {} times in {} s{}",
                limit.dependency(),
                limit.rate().calls(),
                limit.rate().window().toSeconds(),
                limit.rate().equals(own.get(limit.dependency()))
                        ? ""
                        : "; another worker's setting says so, and it is stricter than this one's");
    }

    private static Map<String, Limit> byDependency(Collection<Limit> limits) {
        return limits.stream().collect(Collectors.toUnmodifiableMap(Limit::dependency, Function.identity()));
    }
}
