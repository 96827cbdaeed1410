package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/**
 * A failover with a broker and a ledger that the test commands. The writers of the way by the ledger do not run: what waits for its
 * insert stays where it is.
 */
abstract class FailoverTestBase {
    static final Acceptance ACCEPTED = new Acceptance.Accepted();
    static final Acceptance UNAVAILABLE = new Acceptance.Unavailable();

    final AtomicBoolean ledgerUp = new AtomicBoolean(true);
    final AtomicLong nanos = new AtomicLong(System.nanoTime());
    final FakeBroker broker = new FakeBroker();
    final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    final LedgerPath ledger =
            new LedgerPath(new BatchInsert(new FakePedidoStore(), inserted -> List.of(), metrics), metrics, 2_000);
    final Failover failover = new Failover(
            ledgerUp::get, broker::isUp, ledger, broker.path(metrics, Duration.ofMinutes(1)), metrics, nanos::get);

    @AfterEach
    void stop() throws InterruptedException {
        failover.close();
    }

    void failBack() throws InterruptedException {
        failover.hold();
        assertThat(failover.failBack(allSent())).isTrue();
    }

    OpenQueueTraffic allSent() throws InterruptedException {
        return failover.awaitAllSent().orElseThrow();
    }

    List<Submission> waiting() {
        return ledger.notInserted(nanos.get() + 1).stream()
                .map(PendingInsert::submission)
                .toList();
    }

    /** An outage of the broker counts from the look that saw it first. */
    void lookAtTheStores() {
        var unused = failover.takesNothing();
    }

    /** It was up for a while, and only its connection may be down. */
    void interruptBroker() {
        lookAtTheStores();
        outlastAnInterruption();
        broker.goDown();
    }

    void loseBroker() {
        interruptBroker();
        lookAtTheStores();
        outlastAnInterruption();
    }

    void outlastAnInterruption() {
        nanos.addAndGet(BrokerOutage.LONGEST_INTERRUPTION.plusMillis(1).toNanos());
    }

    Submission accept(String id) {
        Submission submission = Submission.of(pedido(id), true, nanos.get());
        failover.accept(submission);
        return submission;
    }

    void awaitPublished(int count) throws InterruptedException {
        while (broker.published().size() < count) {
            Thread.onSpinWait();
        }
    }
}
