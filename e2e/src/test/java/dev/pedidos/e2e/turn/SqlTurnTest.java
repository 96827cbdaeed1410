package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.worker.inmemory.LotTurnContract;
import dev.pedidos.worker.inmemory.RowView;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger in PostgreSQL keeps the same contract as the one in memory. */
class SqlTurnTest extends LotTurnContract {

    /** Less than the bound of each session, as clocks may differ. */
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(1_900);

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("turns", Map.of());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Override
    protected Turns turns() {
        return new SqlTurns(system.ledger(), Duration.ofMinutes(1));
    }

    @Test
    void turnsThatTakeLongLeaveConnectionsToTheProbe() throws SQLException {
        try (var database = withOneConnection()) {
            database.allowConnections(2, 1);
            var turns = new SqlTurns(database, Duration.ofMinutes(1));
            var slow = turns.open();
            var other = turns.open();
            var next = new CompletableFuture<Void>();
            Thread.ofPlatform().daemon().start(() -> {
                turns.open().close();
                next.complete(null);
            });

            assertThat(database.probeNow()).isTrue();
            assertThat(next).isNotDone();
            slow.close();
            assertThat(next).succeedsWithin(Duration.ofSeconds(10));
            other.close();
        }
    }

    @Test
    void aProgramThatGivesItsShardsAwayEndsWhatItHasInHand() throws SQLException {
        try (var database = withOneConnection()) {
            database.allowConnections(0, 1);
            new SqlTurns(database, Duration.ofMinutes(1)).open().close();
        }
    }

    @Test
    void aTurnWhoseHandleAHandlerHasClosedLeavesItsPlaceToTheNext() throws SQLException {
        try (var database = withOneConnection()) {
            var turns = new SqlTurns(database, Duration.ofMinutes(1));
            for (int i = 0; i < 3; i++) {
                try (var turn = turns.open()) {
                    assertThatThrownBy(turn.handle()::close).hasMessageContaining("rolled back");
                }
            }
        }
    }

    /** The front of the line lies behind both. */
    @Test
    void aLatePedidoThatEndsSaysThatAnotherLateOneIsParkedBehindIt() throws Exception {
        for (String pedidoId : List.of("late-1", "late-2", "in-time-1", "in-time-2")) {
            accept(pedidoId, "overtaken");
        }
        String late = " where pedido_id in ('late-1', 'late-2')";
        system.alter("update pedidos set status = 'DISCARDED'" + late);
        finish("in-time-1", "overtaken");
        finish("in-time-2", "overtaken");
        system.alter("update pedidos set status = 'PENDING', unnoted = true" + late);
        entered("overtaken", "late-2", turn -> turn.park("late-2"));
        assertThat(finish("late-1", "overtaken")).isTrue();
        assertThat(turns().parkedHeadOf("overtaken")).map(Head::pedidoId).hasValue("late-2");
    }

    /** A frozen worker may hold the locks of a whole lot. */
    @Test
    void afterAWaitForALockThatWasInVainTheNextOnesAreShort() throws SQLException {
        for (String receiver : List.of("frozen-1", "frozen-2", "free-1", "free-2")) {
            accept("of-" + receiver, receiver);
        }
        var frozen = turns();
        var waiting = turns();
        try (var one = frozen.entered("frozen-1", "of-frozen-1");
                var other = frozen.entered("frozen-2", "of-frozen-2")) {
            assertThat(timeInVain(() -> waiting.look("frozen-1", "of-frozen-1")))
                    .isGreaterThan(LOCK_TIMEOUT);
            for (ThrowingCallable wait : List.<ThrowingCallable>of(
                    () -> waiting.look("frozen-2", "of-frozen-2"),
                    () -> waiting.entered("frozen-2", "of-frozen-2"),
                    () -> waiting.parkedHeadOf("frozen-2"),
                    () -> enterLot(waiting))) {
                assertThat(Stream.generate(() -> timeInVain(wait)).limit(3).min(Duration::compareTo))
                        .as("the fastest of three")
                        .hasValueSatisfying(fastest -> assertThat(fastest).isLessThan(LOCK_TIMEOUT));
            }
            try (var turn = waiting.entered("free-1", "of-free-1");
                    var lot = waiting.openLot()) {
                assertThat(lot.enter(List.of(new LotTurn.Asked("of-free-2", "free-2"))))
                        .hasSize(1);
                assertThat(lockTimeout(turn.handle())).as("for the rows").isEqualTo("100ms");
                assertThat(lockTimeout(lot.handle()))
                        .as("for the rows of a lot")
                        .isEqualTo("100ms");
            }
        }
    }

    @Test
    void afterAWaitForARowThatWasInVainTheNextOnesAreShort() throws SQLException {
        accept("of-row", "row");
        var turns = turns();
        try (var turn = turns.entered("row", "of-row")) {
            assertThat(lockTimeout(turn.handle())).isEqualTo("2s");
        }
        turns.shortenWaits();
        try (var turn = turns.entered("row", "of-row")) {
            assertThat(lockTimeout(turn.handle())).isEqualTo("100ms");
        }
    }

    private static String lockTimeout(Handle handle) {
        return handle.createQuery("show lock_timeout").mapTo(String.class).one();
    }

    private static void enterLot(Turns waiting) throws SQLException {
        try (var lot = waiting.openLot()) {
            lot.enter(List.of(new LotTurn.Asked("of-frozen-2", "frozen-2")));
        }
    }

    private static Duration timeInVain(ThrowingCallable wait) {
        long start = System.nanoTime();
        assertThatThrownBy(wait).isInstanceOf(ReceiverLockTimeout.class);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Database withOneConnection() {
        var url = DatabaseUrl.parse(system.stores().databaseAdminUrl());
        return new Database("turns", () -> url, 1, new SimpleMeterRegistry());
    }

    /** The row says how large it is, so nothing of it has to be read. */
    @Test
    void theNextHeadsEndBeforeALargeOne() throws Exception {
        for (String pedidoId : List.of("small-1", "small-2", "large", "small-3")) {
            accept(pedidoId, "sizes");
        }
        system.alter("update pedidos set payload_bytes = 1048573 where pedido_id = 'large'");
        try (var turn = turns().openLot()) {
            assertThat(turn.nextHeads("sizes", "simulado", 1_000))
                    .extracting(Head::pedidoId)
                    .containsExactly("small-1", "small-2");
        }
    }

    @Override
    protected void accept(String pedidoId, String recebedorId) {
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_bytes,"
                                + " payload_hash) select ?, coalesce(max(ordem), 0) + 1, 'simulado', ?, 'api', '{}', 2, ''"
                                + " from pedidos",
                        pedidoId,
                        recebedorId));
    }

    @Override
    protected RowView row(String pedidoId) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select status, ciclo, agendamento, tentativas, parked, published, begun, erro_mensagem"
                                        + " from pedidos where pedido_id = :id")
                        .bind("id", pedidoId)
                        .map((row, context) -> new RowView(
                                PedidoStatus.valueOf(row.getString("status")),
                                row.getInt("ciclo"),
                                row.getInt("agendamento"),
                                row.getInt("tentativas"),
                                row.getBoolean("parked"),
                                row.getBoolean("published"),
                                Optional.ofNullable(row.getString("begun")),
                                Optional.ofNullable(row.getString("erro_mensagem"))))
                        .one());
    }

    @Override
    protected List<String> events(String pedidoId) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select event_type from operation_events where external_id = :id order by id")
                        .bind("id", pedidoId)
                        .mapTo(String.class)
                        .list());
    }

    @Override
    protected void cancel(String pedidoId) {
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into cancelamentos (pedido_id, por) values (?, 'cancelamento:test')", pedidoId));
    }

    @Override
    protected void reopen(String pedidoId) {
        system.alter("update pedidos set status = 'PENDING' where pedido_id = '" + pedidoId + "'");
    }

    @Override
    protected void setClockBack(Duration by) {
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.createUpdate("update pedidos set atualizado_em = atualizado_em + by,"
                                + " proxima_tentativa_em = proxima_tentativa_em + by"
                                + " from make_interval(secs => :seconds) by")
                        .bind("seconds", by.toSeconds())
                        .execute());
    }

    @Override
    protected void awaitWaitingTurn(String recebedorId) {
        Awaitility.await("a turn waits for the lock")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> system.count(TestSystem.WAITS + " and wait_event = 'advisory'") > 0);
    }
}
