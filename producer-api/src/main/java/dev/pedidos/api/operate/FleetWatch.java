package dev.pedidos.api.operate;

import dev.pedidos.shared.broker.Backlogs;
import dev.pedidos.shared.broker.SurplusShards;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.fleet.FleetReads;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.shared.runtime.RecentReading;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the state of the fleet: regularly for the metrics, and on request. */
public final class FleetWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);
    private static final LedgerFaultLog READ_FAULTS = new LedgerFaultLog(LOG);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private final FleetReads reads;
    private final Backlogs backlogs;
    private final SurplusShards surplus;
    private final Topology topology;
    private final BooleanSupplier ledgerUp;
    private final MultiGauge waiting;
    private final PeriodicTask task = new PeriodicTask(
            "fleet-watch",
            Timing.interruptedAtStop(PAUSE),
            this::look,
            READ_FAULTS.warning("workers and waiting pedidos could not be counted; they are counted again in "
                    + PAUSE.toSeconds() + " s"));
    private final RecentReading<FleetReads.Counts> counts = new RecentReading<>();
    private final RecentReading<Boolean> surplusSeen = new RecentReading<>();
    private boolean surplusExisted;
    /** As last read; 0 before. */
    private int shards;

    /** @param topology gives the names for any number of shards */
    public FleetWatch(
            FleetReads reads,
            Backlogs backlogs,
            SurplusShards surplus,
            Topology topology,
            BooleanSupplier ledgerUp,
            MeterRegistry registry) {
        this.reads = reads;
        this.backlogs = backlogs;
        this.surplus = surplus;
        this.topology = topology;
        this.ledgerUp = ledgerUp;
        Gauge.builder("pedidos_workers", () -> counts.figure(FleetReads.Counts::workers))
                .register(registry);
        Gauge.builder("pedidos_parked", () -> counts.figure(FleetReads.Counts::parked))
                .register(registry);
        Gauge.builder("pedidos_surplus_shards", () -> surplusSeen.figure(seen -> seen ? 1 : 0))
                .register(registry);
        waiting = MultiGauge.builder("pedidos_shard_backlog").register(registry);
    }

    public PeriodicTask loop() {
        return task;
    }

    private Duration look() {
        if (ledgerUp.getAsBoolean()) {
            var now = reads.counts();
            counts.set(now);
            READ_FAULTS.over();
            shards = now.shards();
            lookBeyond(shards);
        }
        publish(backlogs(shards));
        return PAUSE;
    }

    /** Seen twice. A reshard stores the smaller number before it empties and deletes the queues, so they may be seen meanwhile. */
    private void lookBeyond(int shards) {
        boolean before = surplusExisted;
        surplusExisted = surplus.existBeyond(shards);
        boolean seen = before && surplusExisted;
        surplusSeen.set(seen);
        if (!seen) {
            faults.over();
            return;
        }
        faults.warn(
                RootLocale.format(
                        "pedidos in the surplus shards are not processed: run ./pedidos reshard %d, unless a reshard is"
                                + " running",
                        shards),
                RootLocale.format(
                        "the fleet has %d shards, and the queue %s exists", shards, topology.shardQueue(shards)));
    }

    private void publish(List<@Nullable Integer> ready) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (int shard = 0; shard < ready.size(); shard++) {
            Integer backlog = ready.get(shard);
            if (backlog != null) {
                rows.add(MultiGauge.Row.of(Tags.of("shard", Integer.toString(shard)), backlog));
            }
        }
        waiting.register(rows, true);
    }

    private List<@Nullable Integer> backlogs(int shards) {
        return backlogs.of(
                IntStream.range(0, shards).mapToObj(topology::shardQueue).toList());
    }

    /** The current state, as JSON. */
    String fleet() throws SQLException {
        return reads.fleet(backlogs(reads.shards()));
    }
}
