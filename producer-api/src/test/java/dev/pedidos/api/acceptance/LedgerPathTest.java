package dev.pedidos.api.acceptance;

import static dev.pedidos.api.acceptance.Pedidos.pedido;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LedgerPathTest {
    private static final Acceptance ACCEPTED = new Acceptance.Accepted();

    private final FakePedidoStore store = new FakePedidoStore();
    private final FakeBroker broker = new FakeBroker();
    private final AtomicBoolean databaseUp = new AtomicBoolean(true);
    private final AtomicLong clockAhead = new AtomicLong();
    private final List<String> published = new CopyOnWriteArrayList<>();
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(new SimpleMeterRegistry());
    private final LedgerPath ledger = new LedgerPath(new BatchInsert(store, this::publishAll, metrics), metrics, 2_000);
    private final Failover failover = new Failover(
            databaseUp::get,
            broker::isUp,
            ledger,
            broker.path(metrics, Duration.ofMinutes(1)),
            metrics,
            () -> System.nanoTime() + clockAhead.get());
    private final Acceptor acceptor = new Acceptor(failover, metrics, tipo -> true, 10);

    @BeforeEach
    void start() throws InterruptedException {
        broker.goDown();
        ledger.start();
        failover.hold();
        assertThat(failover.failBack(failover.awaitAllSent().orElseThrow())).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        store.letCommit(100);
        failover.close();
    }

    @Test
    void anIdleSystemInsertsAtOnce() throws Exception {
        store.letCommit(1);
        assertThat(answer(acceptor.accept(pedido("a")))).isEqualTo(ACCEPTED);
        assertThat(published).containsExactly("a");
    }

    @Test
    void whatGathersWhileTheWritersAreBusyGoesWithOneCommit() throws Exception {
        occupyBothWriters();
        List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
        for (String id : List.of("c", "d", "e", "f")) {
            answers.add(acceptor.accept(pedido(id)));
        }
        store.letCommit(3);
        for (CompletableFuture<Acceptance> answer : answers) {
            assertThat(answer(answer)).isEqualTo(ACCEPTED);
        }
        assertThat(store.batches()).contains(List.of("c", "d", "e", "f"));
    }

    @Test
    void aBatchEndsAtANumberOfBytes() throws Exception {
        occupyBothWriters();
        List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
        for (String id : List.of("c", "d", "e", "f")) {
            answers.add(acceptor.accept(large(id)));
        }
        store.letCommit(1);
        store.awaitBegun(1);
        store.letCommit(100);
        answers.add(acceptor.accept(pedido("g")));
        for (CompletableFuture<Acceptance> answer : answers) {
            assertThat(answer(answer)).isEqualTo(ACCEPTED);
        }
        assertThat(store.batches()).contains(List.of("c", "d"));
    }

    /** Of more than half a batch's bytes. */
    private static Pedido large(String id) {
        String body = "{\"pedido_id\":\"" + id
                + "\",\"recebedor_id\":\"r\",\"origem\":\"api\",\"tipo\":\"t\",\"dados\":{\"x\":\"" + "y".repeat(700)
                + "\"}}";
        return PedidoCodec.readMessage(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSameIdAgainIsAReplayAndOtherContentAConflictEvenInOneBatch() throws Exception {
        occupyBothWriters();
        CompletableFuture<Acceptance> first = acceptor.accept(pedido("x"));
        CompletableFuture<Acceptance> same = acceptor.accept(pedido("x"));
        CompletableFuture<Acceptance> other = acceptor.accept(pedido("x", 2));
        store.letCommit(100);
        assertThat(answer(first)).isEqualTo(ACCEPTED);
        assertThat(answer(same)).isEqualTo(new Acceptance.Replayed(Optional.of("{\"pedido_id\":\"x\"}")));
        assertThat(answer(other)).isEqualTo(new Acceptance.Conflicting());
        assertThat(published).containsOnlyOnce("x");
    }

    @Test
    void aFailingDatabaseIsUnavailableAndTheNextOneIsTried() throws Exception {
        store.failWhere(ids -> {
            throw new SQLException("gone", "08006");
        });
        store.letCommit(3);
        assertThat(answer(acceptor.accept(pedido("a")))).isEqualTo(new Acceptance.Unavailable());
        store.failWhere(ids -> {});
        assertThat(answer(acceptor.accept(pedido("a")))).isEqualTo(ACCEPTED);
    }

    @Test
    void aJavaErrorEndsNoWriter() throws Exception {
        store.failWhere(ids -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        store.letCommit(3);
        for (String id : List.of("a", "b")) {
            var submission = Submission.of(pedido(id), true, System.nanoTime());
            assertThat(ledger.accept(submission))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(new LedgerResult.Failed());
        }
        store.failWhere(ids -> {});
        assertThat(answer(acceptor.accept(pedido("c")))).isEqualTo(ACCEPTED);
    }

    @Test
    void whileTheDatabaseIsKnownToBeDownNobodyWaitsForIt() throws Exception {
        store.failWhere(ids -> {
            throw new SQLException("gone", "08006");
        });
        store.letCommit(2);
        assertThat(answer(acceptor.accept(pedido("a")))).isEqualTo(new Acceptance.Unavailable());
        databaseUp.set(false);
        assertThat(acceptor.accept(pedido("b"))).isCompletedWithValue(new Acceptance.BothStoresDown());
    }

    @Test
    void whatCannotBeInsertedIsAcceptedByTheBrokerIfThatIsUp() throws Exception {
        store.failWhere(ids -> {
            throw new SQLException("gone", "08006");
        });
        broker.comeUp();
        broker.confirmAtOnce();
        store.letCommit(1);
        assertThat(answer(acceptor.accept(pedido("a")))).isEqualTo(ACCEPTED);
        assertThat(acceptor.accept(pedido("b")))
                .as("the database is not asked again")
                .isCompletedWithValue(ACCEPTED);
    }

    /** A session was ended, for example: the ledger is up, and the broker cannot keep the pedido instead. */
    @Test
    void withoutTheBrokerAnInsertThatFailedIsTriedOnceMore() throws Exception {
        var failures = new AtomicInteger();
        store.failWhere(ids -> {
            if (failures.getAndIncrement() == 0) {
                throw new SQLException("terminated", "57P01");
            }
        });
        store.letCommit(2);
        assertThat(answer(acceptor.accept(pedido("a")))).isEqualTo(ACCEPTED);
    }

    @Test
    void oneWhoseIdAnotherTransactionIsInsertingDoesNotTakeItsNeighboursAlong() throws Exception {
        occupyBothWriters();
        store.failWhere(ids -> {
            if (ids.contains("locked")) {
                throw new SQLException("lock timeout", "55P03");
            }
        });
        CompletableFuture<Acceptance> free = acceptor.accept(pedido("free"));
        CompletableFuture<Acceptance> locked = acceptor.accept(pedido("locked"));
        store.letCommit(100);
        assertThat(answer(free)).isEqualTo(ACCEPTED);
        assertThat(answer(locked)).isEqualTo(new Acceptance.Unavailable());
    }

    @Test
    void oneThatTheDatabaseRefusesDoesNotTakeItsNeighboursAlong() throws Exception {
        occupyBothWriters();
        store.failWhere(ids -> {
            if (ids.contains("bad")) {
                throw new SQLException("refused", "22P05");
            }
        });
        CompletableFuture<Acceptance> good = acceptor.accept(pedido("good"));
        CompletableFuture<Acceptance> bad = acceptor.accept(pedido("bad"));
        store.letCommit(100);
        assertThat(answer(good)).isEqualTo(ACCEPTED);
        assertThat(answer(bad)).isEqualTo(new Acceptance.Refused());
    }

    @Test
    void beyondTheBoundItIsOverloadedAndAnAnswerMakesRoom() throws Exception {
        List<CompletableFuture<Acceptance>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(acceptor.accept(pedido("p" + i)));
        }
        assertThat(acceptor.accept(pedido("more"))).isCompletedWithValue(new Acceptance.Overloaded());
        store.letCommit(100);
        for (CompletableFuture<Acceptance> answer : answers) {
            assertThat(answer(answer)).isEqualTo(ACCEPTED);
        }
        assertThat(answer(acceptor.accept(pedido("more")))).isEqualTo(ACCEPTED);
    }

    @Test
    void aFrozenDatabaseDoesNotKeepAClientWaiting() throws Exception {
        CompletableFuture<Acceptance> stuck = acceptor.accept(pedido("a"));
        store.awaitBegun(1);
        clockAhead.set(WaitWatch.PATIENCE.toNanos());
        failover.waitWatch().endLongWaits();
        assertThat(stuck).isCompletedWithValue(new Acceptance.Unavailable());
    }

    @Test
    void aSecondPedidoOfAnIdDoesNotWaitForAFrozenDatabaseEither() throws Exception {
        occupyBothWriters();
        var first = acceptor.accept(pedido("x"));
        var second = acceptor.accept(pedido("x"));
        store.letCommit(1);
        store.awaitBegun(1);
        clockAhead.set(WaitWatch.PATIENCE.toNanos());
        failover.waitWatch().endLongWaits();
        assertThat(List.of(first, second))
                .allSatisfy(answer -> assertThat(answer).isCompletedWithValue(new Acceptance.Unavailable()));
    }

    @Test
    void afterAFailedInsertThoseInTheQueueDoNotWaitForTheirs() throws Exception {
        occupyBothWriters();
        var queued = acceptor.accept(pedido("queued"));
        store.failWhere(ids -> {
            throw new SQLException("gone", "08006");
        });
        broker.comeUp();
        broker.confirmAtOnce();
        store.letCommit(1);
        assertThat(answer(queued)).isEqualTo(ACCEPTED);
        assertThat(broker.publishedIds()).contains("queued");
        assertThat(store.batches()).hasSize(1);
    }

    @Test
    void aStopAnswersWhatWaitsAndTakesNothingNew() throws Exception {
        CompletableFuture<Acceptance> waiting = acceptor.accept(pedido("a"));
        store.letCommit(100);
        ledger.close();
        assertThat(answer(waiting)).isEqualTo(ACCEPTED);
        assertThat(acceptor.accept(pedido("b"))).isCompletedWithValue(new Acceptance.Unavailable());
    }

    private void occupyBothWriters() throws InterruptedException {
        var first = acceptor.accept(pedido("busy-1"));
        store.awaitBegun(1);
        var second = acceptor.accept(pedido("busy-2"));
        store.awaitBegun(1);
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
    }

    private List<CompletableFuture<Void>> publishAll(List<Messages.Content> inserted) {
        inserted.forEach(content -> published.add(content.pedidoId()));
        return inserted.stream()
                .map(content -> CompletableFuture.<Void>completedFuture(null))
                .toList();
    }

    private static Acceptance answer(CompletableFuture<Acceptance> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
