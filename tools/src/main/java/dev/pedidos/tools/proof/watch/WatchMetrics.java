package dev.pedidos.tools.proof.watch;

import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The result of the rounds as metrics. A law has none before it was judged for the first time. */
final class WatchMetrics {
    private static final String EXTENT = "extent";

    private final MeterRegistry registry;
    private final KnownViolations known;
    private final Set<String> laws = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> judged = new ConcurrentHashMap<>();

    WatchMetrics(MeterRegistry registry, KnownViolations known) {
        this.registry = registry;
        this.known = known;
        for (Round round : Round.values()) {
            registry.counter("pedidos_verify_failures_total", EXTENT, round.label());
        }
    }

    void judged(Round round, Judgement judgement, Duration took) {
        judgement.verdicts().stream()
                .map(Verdict::law)
                .filter(laws::add)
                .forEach(law -> Gauge.builder("pedidos_law_violations", known, violations -> violations.of(law))
                        .tag("law", law)
                        .register(registry));
        if (judged.put(round.label(), judgement.at()) == null) {
            TimeGauge.builder(
                            "pedidos_verify_judged_timestamp",
                            judged,
                            TimeUnit.SECONDS,
                            moments -> moments.getOrDefault(round.label(), Instant.EPOCH)
                                    .getEpochSecond())
                    .tag(EXTENT, round.label())
                    .register(registry);
        }
        registry.timer("pedidos_verify", EXTENT, round.label()).record(took);
    }

    void failed(Round round) {
        registry.counter("pedidos_verify_failures_total", EXTENT, round.label()).increment();
    }
}
