package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The answer for an id that the ledger does not have. */
class AbsenceTest {
    private final AtomicBoolean ledgerUp = new AtomicBoolean(true);
    private final FakeBroker broker = new FakeBroker();
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    private final Failover failover = new Failover(
            ledgerUp::get,
            broker::isUp,
            new LedgerPath(new BatchInsert(new FakePedidoStore(), inserted -> List.of(), metrics), metrics, 2_000),
            new BrokerPath(
                    broker::publish,
                    new Messages(Topology.withoutShards("", new RetryLadder(List.of(Duration.ofSeconds(1))))),
                    new AcceptanceClock(System::nanoTime, () -> 1),
                    metrics),
            metrics);
    private final Absence absence = new Absence(failover::hasInsertedAll);

    @AfterEach
    void stop() throws InterruptedException {
        failover.close();
    }

    @Test
    void after_a_start_with_both_stores_it_is_503_until_the_open_queue_was_looked_at() throws Exception {
        assertThat(status()).isEqualTo(503);
        failBack();
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void after_a_start_without_the_broker_it_is_404() {
        broker.goDown();
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void what_the_broker_did_not_take_changes_nothing() throws Exception {
        failBack();
        broker.goDown();
        ledgerUp.set(false);
        accept("neither");
        ledgerUp.set(true);
        assertThat(status()).isEqualTo(404);
        broker.comeUp();
        accept("refused");
        broker.refuse(0);
        broker.goDown();
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void what_the_broker_keeps_makes_it_503_until_it_is_inserted() throws Exception {
        accept("kept");
        broker.confirm(0);
        broker.goDown();
        assertThat(status()).isEqualTo(503);
        broker.comeUp();
        failBack();
        assertThat(status()).isEqualTo(404);
        ledgerUp.set(false);
        accept("next");
        ledgerUp.set(true);
        broker.goDown();
        assertThat(status()).as("not confirmed: its client has no 202").isEqualTo(404);
        broker.confirm(1);
        assertThat(status()).isEqualTo(503);
    }

    private int status() {
        return absence.of("unknown").status();
    }

    private void failBack() throws InterruptedException {
        failover.hold();
        assertThat(failover.failBack(failover.awaitAllSent().orElseThrow())).isTrue();
    }

    private void accept(String id) {
        failover.accept(Submission.of(pedido(id), true, System.nanoTime()));
    }
}
