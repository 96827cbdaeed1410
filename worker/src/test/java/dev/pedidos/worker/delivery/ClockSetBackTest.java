package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Retries whose delay has passed once, and then the ledger's clock is set back. */
@Timeout(30)
class ClockSetBackTest {

    private final Bench bench = new Bench();
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", bench.settlement);
    private final ShardBench parts = new ShardBench(bench);
    private final ShardWork work = parts.work(parts.lanes(1));

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aRetryThatWasSetAsideIsTriedAfterItsDelay() throws Exception {
        fail(bench.accept("p", "r"));
        bench.ledger.live("another worker");
        try (var turn = bench.ledger.entered("r", "p")) {
            turn.markBegun(new Version("p", 0, 1, 1), "another worker");
        }
        bench.ledger.passTime(Bench.DELAY);
        deliverTheLast();
        assertThat(bench.broker.last().headers()).as("set aside").doesNotContainKey("espera_ms");
        bench.ledger.unmark("p", "another worker");
        setBackALittle();
        deliverTheLast();
        assertThat(bench.ledger.effects()).isEmpty();
        deliverTheLast();
        assertThat(bench.ledger.effects()).containsExactly("p");
    }

    @Test
    void aParkedRetryIsTriedWhenItsTurnComes() throws Exception {
        fail(bench.accept("retried", "r"));
        bench.ledger.passTime(Bench.DELAY);
        var before = bench.ledger.acceptBefore(new Pedido("before", "simulado", "r", "api", List.of(), null));
        deliverTheLast();
        assertThat(bench.ledger.row("retried").parked()).isTrue();
        int published = bench.broker.published().size();
        setBackALittle();
        work.handle(MemoryDelivery.of(before), shard);
        assertThat(bench.ledger.effects()).containsExactly("before", "retried");
        assertThat(bench.broker.published()).as("nothing goes round").hasSize(published);
    }

    /** The database was restored to a moment before the last scheduling, of which the broker still has the message. */
    @Test
    void aMessageThatIsAheadOfItsRowMakesTheRowDue() throws Exception {
        var pedido = bench.accept("p", "r");
        fail(pedido);
        var ahead = Map.<String, Object>of(
                OutboundMessage.AGENDAMENTO,
                2,
                OutboundMessage.TENTATIVA,
                2,
                OutboundMessage.ESPERA_MS,
                Bench.DELAY.toMillis(),
                "x-first-death-reason",
                "expired");
        work.handle(MemoryDelivery.of(pedido, ahead), shard);
        assertThat(bench.ledger.effects()).containsExactly("p");
        assertThat(bench.ledger.events("p"))
                .containsExactly(
                        "ACCEPTED", "PROCESSING", "RETRY_SCHEDULED", "RETRY_SCHEDULED", "PROCESSING", "COMPLETED");
    }

    /** The row may have been changed before the clock's new time. */
    private void setBackALittle() {
        bench.ledger.passTime(Duration.ofMillis(-1));
    }

    private void fail(Pedido pedido) throws Exception {
        bench.failOnce(pedido.pedidoId());
        work.handle(MemoryDelivery.of(pedido), shard);
    }

    private void deliverTheLast() throws Exception {
        work.handle(MemoryDelivery.of(bench.broker.last()), shard);
    }
}
