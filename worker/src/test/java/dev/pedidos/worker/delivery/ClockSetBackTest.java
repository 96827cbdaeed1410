package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Retries whose delay has passed once, and then the ledger's clock is set back. */
@Timeout(30)
class ClockSetBackTest {

    private final InMemoryWorker worker = new InMemoryWorker();
    private final ShardConsumer shard = new ShardConsumer("pedidos_queue.00", worker.settlement);
    private final ShardParts parts = new ShardParts(worker);
    private final ShardWork work = parts.work(parts.lanes(1));

    @AfterEach
    void close() {
        parts.close();
    }

    @Test
    void aRetryThatWasSetAsideIsTriedAfterItsDelay() throws Exception {
        fail(worker.accept("p", "r"));
        worker.ledger.live("another worker");
        try (var turn = worker.ledger.entered("r", "p")) {
            turn.markBegun(new Version("p", 0, 1, 1), "another worker");
        }
        worker.ledger.passTime(InMemoryWorker.DELAY);
        deliverTheLast();
        assertThat(worker.broker.last().headers()).as("set aside").doesNotContainKey("espera_ms");
        worker.ledger.unmark("p", "another worker");
        setBackALittle();
        deliverTheLast();
        assertThat(worker.ledger.effects()).isEmpty();
        worker.ledger.passTime(InMemoryWorker.DELAY);
        deliverTheLast();
        assertThat(worker.ledger.effects()).containsExactly("p");
    }

    /** A policy with message-ttl does the same to a delay queue. */
    @Test
    void aRetryThatComesBackBeforeTheEndOfItsDelayIsLeftToTheRelay() throws Exception {
        fail(worker.accept("p", "r"));
        int published = worker.broker.published().size();
        worker.ledger.passTime(Duration.ofMillis(1));
        deliverTheLast();
        assertThat(worker.ledger.effects()).isEmpty();
        assertThat(worker.broker.published()).as("nothing goes round").hasSize(published);
        assertThat(worker.ledger.events("p")).containsExactly("ACCEPTED", "PROCESSING", "RETRY_SCHEDULED");

        worker.ledger.passTime(InMemoryWorker.DELAY);
        deliverTheLast();
        assertThat(worker.ledger.effects()).containsExactly("p");
    }

    @Test
    void aParkedRetryIsTriedWhenItsTurnComes() throws Exception {
        fail(worker.accept("retried", "r"));
        worker.ledger.passTime(InMemoryWorker.DELAY);
        var before = worker.ledger.acceptBefore(new Pedido("before", "simulado", "r", "api", List.of(), null));
        deliverTheLast();
        assertThat(worker.ledger.row("retried").parked()).isTrue();
        int published = worker.broker.published().size();
        setBackALittle();
        work.handle(MemoryDelivery.of(before), shard);
        assertThat(worker.ledger.effects()).containsExactly("before", "retried");
        assertThat(worker.broker.published()).as("nothing goes round").hasSize(published);
    }

    /** The database was restored to a moment before the last scheduling, of which the broker still has the message. */
    @Test
    void aMessageThatIsAheadOfItsRowMakesTheRowDue() throws Exception {
        var pedido = worker.accept("p", "r");
        fail(pedido);
        var ahead = Map.<String, Object>of(
                OutboundMessage.AGENDAMENTO,
                2,
                OutboundMessage.TENTATIVA,
                2,
                OutboundMessage.ESPERA_MS,
                InMemoryWorker.DELAY.toMillis(),
                "x-first-death-reason",
                "expired");
        work.handle(MemoryDelivery.of(pedido, ahead), shard);
        assertThat(worker.ledger.effects()).containsExactly("p");
        assertThat(worker.ledger.events("p"))
                .containsExactly(
                        "ACCEPTED", "PROCESSING", "RETRY_SCHEDULED", "RETRY_SCHEDULED", "PROCESSING", "COMPLETED");
    }

    /** The row may have been changed before the clock's new time. */
    private void setBackALittle() {
        worker.ledger.passTime(Duration.ofMillis(-1));
    }

    private void fail(Pedido pedido) throws Exception {
        worker.failOnce(pedido.pedidoId());
        work.handle(MemoryDelivery.of(pedido), shard);
    }

    private void deliverTheLast() throws Exception {
        work.handle(MemoryDelivery.of(worker.broker.last()), shard);
    }
}
