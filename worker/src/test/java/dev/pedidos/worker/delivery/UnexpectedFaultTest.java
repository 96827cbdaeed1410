package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import dev.pedidos.worker.turn.BusyReceivers;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A step fails with an unexpected exception. Its delivery is set aside; the connection, with all other deliveries, stays. */
@Timeout(30)
class UnexpectedFaultTest {

    private final InMemoryWorker worker = new InMemoryWorker();
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", worker.settlement);
    private final ShardParts parts = new ShardParts(worker);
    private final ShardWork work = parts.work(parts.lanes(1));

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void thePedidoOfTheMessageIsSetAsideWithoutAMarkAndTriedAgain() throws Exception {
        var delivery = MemoryDelivery.of(worker.accept("p", "r")).again();
        failAt(Statement.ENTER, Statement.MARK_BEGUN);
        work.handle(delivery, shard);
        assertSetAside(delivery, "p");
        assertThat(worker.ledger.row("p").begun()).as("its mark").isEmpty();
        assertThat(worker.ledger.row("p").tentativas()).isZero();

        assertComesBackAndEndsWith("p");
    }

    @Test
    void whatIsParkedBehindADeliveryIsFoundAgainByTheSameDelivery() throws Exception {
        var head = MemoryDelivery.of(worker.accept("head", "r"));
        work.handle(MemoryDelivery.of(worker.accept("next", "r")), shard);
        failAt(Statement.ENTER_HEAD, Statement.ENTER);
        work.handle(head, shard);
        assertSetAside(head, "head");

        assertComesBackAndEndsWith("head", "next");
    }

    /** After its delay, when its receiver's pedidos are tried again. */
    private void assertComesBackAndEndsWith(String... effects) throws Exception {
        worker.passTime(BusyReceivers.REMEMBERED);
        work.handle(MemoryDelivery.of(worker.broker.last()), shard);
        assertThat(worker.ledger.effects()).containsExactly(effects);
    }

    private void assertSetAside(MemoryDelivery delivery, String pedidoId) {
        assertThat(delivery.settled()).containsExactly("ack");
        assertThat(worker.broker.last().messageId()).isEqualTo(pedidoId);
        assertThat(worker.broker.last().exchange()).startsWith("pedidos.retry.");
    }

    /** Once, as soon as the other statement was reached. */
    private void failAt(Statement fault, Statement after) {
        var armed = new AtomicBoolean();
        worker.ledger.before(statement -> {
            if (statement == after) {
                armed.set(true);
            } else if (statement == fault && armed.getAndSet(false)) {
                worker.ledger.before(any -> {});
                throw new IllegalStateException("unexpected");
            }
        });
    }
}
