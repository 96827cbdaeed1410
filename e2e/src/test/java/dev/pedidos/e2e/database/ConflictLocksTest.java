package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.accept.RefusedContents;
import dev.pedidos.shared.ledger.task.NewTask;
import dev.pedidos.shared.ledger.task.Revoked;
import dev.pedidos.shared.ledger.task.TaskCancellation;
import dev.pedidos.shared.ledger.task.TaskInserts;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A transaction that inserts with several statements locks no row of conflicts before its last insert. */
class ConflictLocksTest {
    /** One more than a statement inserts. */
    private static final int ITEMS = 1_001;

    private static TestSystem system;
    private static PedidoInserts inserts;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("conflict-locks", Map.of());
        inserts = new PedidoInserts(system.ledger(), Duration.ofMinutes(10), place -> {});
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theIntakeRecordsAllContentsOfAnIdAtItsEnd() throws Exception {
        insert(pedido("known", "rcb"));
        try (var intake = IntakeTransaction.tryBegin(system.ledger(), inserts).orElseThrow();
                var other = system.owner()) {
            assertThat(intake.insert(List.of(pedido("known", "rcb-2")))).containsExactly(new Inserted.Conflict());
            assertThat(intake.insert(List.of(pedido("known", "rcb-3")))).containsExactly(new Inserted.Conflict());
            recordAtOnce(other, pedido("known", "rcb-4"));
            intake.commit();
        }
        assertThat(conflicts("known")).isEqualTo(3);
    }

    @Test
    void theCancellationOfATaskIsNoPartOfADeadlock() throws Exception {
        var items = IntStream.rangeClosed(1, ITEMS).mapToObj(n -> "task:" + n).toList();
        new TaskInserts(system.ledger(), inserts)
                .insert(new NewTask(
                        "task",
                        new byte[0],
                        null,
                        items.stream().map(id -> pedido(id, "rcb-task")).toList()));
        var cancellations = items.stream()
                .map(id -> new Cancelamento(id, null))
                .sorted(Comparator.comparing(Cancelamento::pedidoId))
                .toList();
        var known = NewPedido.of(cancellations.getFirst().inOwnLine(), true);
        insert(known);

        try (var threads = Executors.newSingleThreadExecutor()) {
            Future<Optional<Revoked>> revoked;
            try (var other = system.owner()) {
                other.setAutoCommit(false);
                inserts.insert(
                        other, List.of(NewPedido.of(cancellations.getLast().inOwnLine(), true)));
                revoked = threads.submit(
                        () -> new TaskCancellation(system.ledger(), inserts, tipo -> true).revoke("task", null));
                system.awaitCount(TestSystem.WAITS, 1);
                recordAtOnce(other, pedido(known.pedidoId(), "rcb-other"));
                other.commit();
            }
            assertThat(revoked.get()).isPresent();
        }
        assertThat(conflicts(known.pedidoId())).isEqualTo(2);
    }

    /** Fails if it has to wait, before PostgreSQL looks for a deadlock. */
    private static void recordAtOnce(Connection session, NewPedido refused) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("set lock_timeout = '500ms'");
        }
        RefusedContents.record(session, List.of(refused));
    }

    private static void insert(NewPedido pedido) throws SQLException {
        assertThat(inserts.insert(List.of(pedido))).containsExactly(new Inserted.New());
    }

    private static NewPedido pedido(String id, String recebedorId) {
        return NewPedido.of(new Pedido(id, "simulado", recebedorId, "api", List.of(), null), true);
    }

    private static long conflicts(String id) {
        return system.count(
                "select count(*) from operation_events where event_type = 'CONFLICT' and external_id = '" + id + "'");
    }
}
