package dev.pedidos.worker.fleet;

import dev.pedidos.shared.broker.QueuePlaces;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.fleet.FleetView;
import dev.pedidos.shared.ledger.fleet.Members;
import dev.pedidos.shared.ledger.fleet.Members.Active;
import dev.pedidos.shared.ledger.fleet.Members.Activity;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.worker.delivery.Processing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's place in the fleet. Twice a second it writes that it lives and what it does, reads the other workers' rows,
 * and takes its share of the shards. A silent worker counts as gone (view living_workers). After its own silence a worker
 * waits until the others have written again.
 */
public final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration LISTEN_AFTER_SILENCE = Duration.ofSeconds(2);
    private static final Duration FORGET_DEAD_EVERY = Duration.ofMinutes(1);

    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final Members members;
    private final Members.Identity identity;
    private final Topology topology;
    private final Processing processing;
    private final Shards shards;
    private final RecentRate pace = new RecentRate();
    private final IntConsumer connectionsNeeded;
    private final PeriodicTask task =
            new PeriodicTask("membership", new Timing(BEAT, SILENCE), this::beat, this::warnOfMissedBeat);
    private final CountDownLatch joined = new CountDownLatch(1);
    private volatile int active;
    private volatile int standby;
    private long lastBeat;
    private long lastForgot = System.nanoTime();
    private long actsFrom = System.nanoTime();

    /** @param connectionsNeeded receives the number of shards that this worker consumes */
    public Membership(
            Members members,
            Members.Identity identity,
            Topology topology,
            QueuePlaces places,
            Processing processing,
            IntConsumer connectionsNeeded,
            MeterRegistry metrics) {
        this.members = members;
        this.identity = identity;
        this.topology = topology;
        shards = new Shards(identity.workerId(), topology, places);
        this.processing = processing;
        this.connectionsNeeded = connectionsNeeded;
        Gauge.builder("pedidos.shards.active", () -> active).register(metrics);
        Gauge.builder("pedidos.shards.standby", () -> standby).register(metrics);
    }

    /** Returns when the others see this worker, and the APIs know its tipos. */
    public void join() throws InterruptedException {
        lastBeat = System.nanoTime();
        task.start();
        joined.await();
    }

    private void warnOfMissedBeat(Throwable failure) {
        if (LedgerFault.kindOf(failure).isPresent()) {
            faults.warn(
                    "this worker cannot tell the others that it lives; its share of the shards stays as it is",
                    failure);
        } else {
            LOG.error(
                    "this worker could not follow the fleet; its share of the shards stays as it is until the next try",
                    failure);
        }
    }

    private Duration beat() throws SQLException {
        FleetView view = members.beat(identity, activity());
        if (joined.getCount() > 0) {
            members.registerTipos(identity);
            joined.countDown();
        }
        long now = System.nanoTime();
        if (now - lastBeat > SILENCE.toNanos()) {
            actsFrom = now + LISTEN_AFTER_SILENCE.toNanos();
        }
        lastBeat = now;
        if (now >= actsFrom) {
            shards.follow(view);
            applyShare();
        }
        if (now - lastForgot > FORGET_DEAD_EVERY.toNanos()) {
            lastForgot = now;
            members.forgetTheDead();
        }
        return BEAT;
    }

    private Activity activity() {
        List<Active> places = Stream.concat(shards.active().entrySet().stream(), shards.ending().entrySet().stream())
                .map(each -> new Active(
                        each.getKey(),
                        each.getValue(),
                        processing
                                .longestInHand(topology.shardQueue(each.getKey()))
                                .orElse("")))
                .toList();
        return new Activity(
                places, shards.standby().keySet(), pace.perSecond(processing.finished(), System.nanoTime()));
    }

    private void applyShare() {
        int nowActive = shards.active().size();
        int nowStandby = shards.standby().size();
        if (nowActive != active || nowStandby != standby) {
            LOG.info("this worker's share: shards_active={} shards_standby={}", nowActive, nowStandby);
            active = nowActive;
            standby = nowStandby;
        }
        connectionsNeeded.accept(active + standby);
    }

    /** The other workers take over its shards while it stops. */
    public void leave() throws InterruptedException {
        task.close();
        members.leave(identity.workerId());
    }
}
