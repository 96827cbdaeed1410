package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import dev.pedidos.worker.memory.MemoryLedger.Before;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
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

    private final Bench bench = new Bench();
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", bench.settlement);
    private final ShardBench parts = new ShardBench(bench);
    private final ShardWork work = parts.work(parts.lanes(1));
    private MemoryDelivery first;

    @BeforeEach
    void park() throws Exception {
        first = MemoryDelivery.of(bench.accept("first", "r"));
        for (int i = 0; i <= TURNS; i++) {
            work.handle(MemoryDelivery.of(bench.accept("p-" + i, "r")), shard);
        }
    }

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aLockThatIsNotFreeSetsTheDeliveryAside() throws Exception {
        atTheLookUp(statement -> bench.ledger.lockElsewhere("r"));
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
        bench.ledger.before(statement -> {});
        work.handle(MemoryDelivery.of(bench.broker.last()), shard);
        assertThat(bench.ledger.effects()).hasSize(TURNS + 2);
    }

    private void atTheLookUp(Before fault) {
        var heads = new AtomicInteger();
        bench.ledger.before(statement -> {
            if (statement == Statement.ENTER_HEAD && heads.incrementAndGet() == TURNS + 1) {
                fault.run(statement);
            }
        });
    }

    private void assertThatItIsSetAside() {
        assertThat(bench.ledger.effects()).hasSize(TURNS + 1);
        assertThat(first.settled()).containsExactly("ack");
        assertThat(bench.broker.last().messageId()).isEqualTo("first");
        assertThat(bench.broker.last().exchange()).startsWith("pedidos.retry.");
    }
}
