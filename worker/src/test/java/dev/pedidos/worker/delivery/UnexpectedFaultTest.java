package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
import dev.pedidos.worker.turn.BusyReceivers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A step fails with an unexpected exception. Its delivery is set aside; the connection, with all other deliveries, stays. */
@Timeout(30)
class UnexpectedFaultTest {

    private final Bench bench = new Bench();
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", bench.settlement);
    private final ShardBench parts = new ShardBench(bench);
    private final ShardWork work = parts.work(parts.lanes(1));

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void thePedidoOfTheMessageIsSetAsideWithoutAMarkAndTriedAgain() throws Exception {
        var delivery = MemoryDelivery.of(bench.accept("p", "r")).again();
        failAt(Statement.ENTER, Statement.MARK_BEGUN);
        work.handle(delivery, shard);
        assertSetAside(delivery, "p");
        assertThat(bench.ledger.row("p").begun()).as("its mark").isEmpty();
        assertThat(bench.ledger.row("p").tentativas()).isZero();

        assertComesBackAndEndsWith("p");
    }

    @Test
    void whatIsParkedBehindADeliveryIsFoundAgainByTheSameDelivery() throws Exception {
        var head = MemoryDelivery.of(bench.accept("head", "r"));
        work.handle(MemoryDelivery.of(bench.accept("next", "r")), shard);
        failAt(Statement.ENTER_HEAD, Statement.ENTER);
        work.handle(head, shard);
        assertSetAside(head, "head");

        assertComesBackAndEndsWith("head", "next");
    }

    /** After its delay, when its receiver's pedidos are tried again. */
    private void assertComesBackAndEndsWith(String... effects) throws Exception {
        bench.passTime(BusyReceivers.REMEMBERED);
        work.handle(MemoryDelivery.of(bench.broker.last()), shard);
        assertThat(bench.ledger.effects()).containsExactly(effects);
    }

    private void assertSetAside(MemoryDelivery delivery, String pedidoId) {
        assertThat(delivery.settled()).containsExactly("ack");
        assertThat(bench.broker.last().messageId()).isEqualTo(pedidoId);
        assertThat(bench.broker.last().exchange()).startsWith("pedidos.retry.");
    }

    /** Once, as soon as the other statement was reached. */
    private void failAt(Statement fault, Statement after) {
        var armed = new AtomicBoolean();
        bench.ledger.before(statement -> {
            if (statement == after) {
                armed.set(true);
            } else if (statement == fault && armed.getAndSet(false)) {
                bench.ledger.before(any -> {});
                throw new IllegalStateException("unexpected");
            }
        });
    }
}
