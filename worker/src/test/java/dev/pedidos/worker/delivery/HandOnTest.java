package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import dev.pedidos.worker.inmemory.MemoryLedger.Before;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A receiver has had its turns in a row, and its next pedido cannot be looked up. */
@Timeout(30)
class HandOnTest {

    private static final int TURNS = 100;

    private final InMemoryWorker worker = new InMemoryWorker();
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", worker.settlement);
    private final ShardParts parts = new ShardParts(worker);
    private final ShardWork work = parts.work(parts.lanes(1));
    private MemoryDelivery first;

    @BeforeEach
    void park() throws Exception {
        first = MemoryDelivery.of(worker.accept("first", "r"));
        for (int i = 0; i <= TURNS; i++) {
            work.handle(MemoryDelivery.of(worker.accept("p-" + i, "r")), shard);
        }
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aLockThatIsNotFreeSetsTheDeliveryAside() throws Exception {
        atTheLookUp(statement -> worker.ledger.locks.lockElsewhere("r"));
        work.handle(first, shard);
        assertThatItIsSetAside();
    }

    @Test
    void aDatabaseThatRefusesTheLookSetsTheDeliveryAside() throws Exception {
        atTheLookUp(statement -> {
            throw new SQLException("said so", "22021");
        });
        work.handle(first, shard);
        assertThatItIsSetAside();
        worker.ledger.before(statement -> {});
        work.handle(MemoryDelivery.of(worker.broker.last()), shard);
        assertThat(worker.ledger.effects()).hasSize(TURNS + 2);
    }

    private void atTheLookUp(Before fault) {
        var heads = new AtomicInteger();
        worker.ledger.before(statement -> {
            if (statement == Statement.ENTER_HEAD && heads.incrementAndGet() == TURNS + 1) {
                fault.run(statement);
            }
        });
    }

    private void assertThatItIsSetAside() {
        assertThat(worker.ledger.effects()).hasSize(TURNS + 1);
        assertThat(first.settled()).containsExactly("ack");
        assertThat(worker.broker.last().messageId()).isEqualTo("first");
        assertThat(worker.broker.last().exchange()).startsWith("pedidos.retry.");
    }
}
