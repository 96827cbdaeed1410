package dev.pedidos.worker.delivery;

import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import dev.pedidos.worker.outage.DatabaseBreaker;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.DatabaseState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The parts around a shard's work, of an {@link InMemoryWorker}. */
final class ShardParts implements AutoCloseable {

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final WorkMetrics workMetrics = new WorkMetrics(metrics);
    final PedidosUnderWay underWay = new PedidosUnderWay();
    final DatabaseBreaker breaker;
    final StepRunner stepRunner;
    private final InMemoryWorker worker;
    private final DatabaseRetry retry;

    ShardParts(InMemoryWorker worker) {
        this(worker, () -> true);
    }

    ShardParts(InMemoryWorker worker, BooleanSupplier databaseUp) {
        this.worker = worker;
        breaker = new DatabaseBreaker(new DatabaseState(databaseUp, databaseUp), metrics);
        retry = new DatabaseRetry(breaker);
        stepRunner = new StepRunner(retry, workMetrics, underWay);
    }

    ReceiverLanes lanes(int permits) {
        return new ReceiverLanes(new HandlerPermits(permits), worker.memory);
    }

    ShardWork work(ReceiverLanes lanes) {
        return new ShardWork(worker.turn, stepRunner, retry, lanes);
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
