package dev.pedidos.worker.delivery;

import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.DatabaseState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The parts around a shard's work, on a {@link Bench}. */
final class ShardBench implements AutoCloseable {

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final WorkMetrics workMetrics = new WorkMetrics(metrics);
    final PedidosUnderWay underWay = new PedidosUnderWay();
    final DatabaseBreaker breaker;
    final StepRunner stepRunner;
    private final Bench bench;
    private final DatabaseRetry retry;

    ShardBench(Bench bench) {
        this(bench, () -> true);
    }

    ShardBench(Bench bench, BooleanSupplier databaseUp) {
        this.bench = bench;
        breaker = new DatabaseBreaker(new DatabaseState(databaseUp, databaseUp), metrics);
        retry = new DatabaseRetry(breaker);
        stepRunner = new StepRunner(retry, workMetrics, underWay);
    }

    ReceiverLanes lanes(int permits) {
        return new ReceiverLanes(new HandlerPermits(permits), bench.memory);
    }

    ShardWork work(ReceiverLanes lanes) {
        return new ShardWork(bench.turn, stepRunner, retry, lanes);
    }

    static void awaitAcknowledged(MemoryDelivery... deliveries) {
        for (var delivery : deliveries) {
            Awaitility.await().until(() -> delivery.settled().equals(List.of("ack")));
        }
    }

    @Override
    public void close() {
        breaker.close();
    }
}
