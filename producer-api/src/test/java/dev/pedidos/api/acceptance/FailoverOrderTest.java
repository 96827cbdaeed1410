package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that wait for each answer, a database that goes and comes, and an intake: all in memory, on real threads. */
@Timeout(60)
class FailoverOrderTest {
    private static final int CLIENTS = 4;
    private static final int PEDIDOS = 300;
    /** A store takes this long, so that a look at the queue comes between. */
    private static final long STORE_NANOS = 100_000;

    private final List<String> openQueue = new ArrayList<>();
    private final List<String> inLedger = new ArrayList<>();
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ExecutorService broker = Executors.newSingleThreadExecutor();
    private volatile boolean databaseUp = true;
    private volatile boolean databaseSeenUp = true;
    private volatile boolean clientsDone;
    private final LedgerPath ledger = new LedgerPath(
            new BatchInsert(
                    this::insert,
                    inserted -> inserted.stream()
                            .map(one -> CompletableFuture.<Void>completedFuture(null))
                            .toList(),
                    metrics),
            metrics,
            10_000);
    private final Failover failover = new Failover(
            () -> databaseSeenUp,
            () -> true,
            ledger,
            new BrokerPath(
                    this::publish,
                    new Messages(FakeBroker.NAMES),
                    new AcceptanceClock(System::nanoTime, () -> 0),
                    metrics,
                    Duration.ofMinutes(1)),
            metrics,
            FailoverOrderTest::slowNanos);

    @AfterEach
    void stop() throws InterruptedException {
        failover.close();
        threads.shutdownNow();
        broker.shutdownNow();
    }

    @Test
    void aClientThatWaitsForEachAnswerFindsItsOrderInTheLedger() throws Exception {
        failover.start();
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> threads.submit(() -> send(client)))
                .toList();
        var weather = threads.submit(this::goAndCome);
        var intake = threads.submit(this::takeIn);
        for (Future<?> client : clients) {
            client.get(50, TimeUnit.SECONDS);
        }
        clientsDone = true;
        weather.get(10, TimeUnit.SECONDS);
        intake.get(10, TimeUnit.SECONDS);
        takeAll();
        for (int client = 0; client < CLIENTS; client++) {
            String own = client + "-";
            assertThat(inLedger.stream().filter(id -> id.startsWith(own)).toList())
                    .as("in the order of their answers")
                    .isEqualTo(
                            IntStream.range(0, PEDIDOS).mapToObj(i -> own + i).toList());
        }
    }

    /** A clock by which no pedido waits too long. */
    private static long slowNanos() {
        return System.nanoTime() / 100;
    }

    private void send(int client) {
        for (int i = 0; i < PEDIDOS; i++) {
            var submission = Submission.of(pedido(client + "-" + i), true, slowNanos());
            failover.accept(submission);
            assertThat(submission.clientAnswer().join()).isEqualTo(new Acceptance.Accepted());
        }
    }

    /** That the database is down is seen a moment later than inserts fail. */
    private void goAndCome() {
        while (!clientsDone) {
            LockSupport.parkNanos(1_000_000);
            databaseUp = !databaseUp;
            LockSupport.parkNanos(300_000);
            databaseSeenUp = databaseUp;
        }
        databaseUp = true;
        databaseSeenUp = true;
    }

    private Void takeIn() throws InterruptedException {
        while (!clientsDone) {
            if (databaseUp) {
                failover.hold();
                Optional<OpenQueueTraffic> sent = failover.awaitAllSent();
                if (!takeAll()) {
                    sent.ifPresent(failover::failBack);
                }
            } else {
                failover.release();
            }
            Thread.onSpinWait();
        }
        failover.release();
        return null;
    }

    private boolean takeAll() {
        synchronized (inLedger) {
            synchronized (openQueue) {
                boolean some = inLedger.addAll(openQueue);
                openQueue.clear();
                return some;
            }
        }
    }

    private List<Inserted> insert(List<NewPedido> batch) throws SQLException {
        LockSupport.parkNanos(STORE_NANOS);
        if (!databaseUp) {
            throw new SQLException("gone", "08006");
        }
        synchronized (inLedger) {
            batch.forEach(one -> inLedger.add(one.pedidoId()));
        }
        return batch.stream().<Inserted>map(one -> new Inserted.New()).toList();
    }

    private CompletableFuture<Void> publish(OutboundMessage message) {
        return CompletableFuture.runAsync(
                () -> {
                    LockSupport.parkNanos(STORE_NANOS);
                    synchronized (openQueue) {
                        openQueue.add(message.messageId());
                    }
                },
                broker);
    }
}
