package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.turn.LineFronts;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An open snapshot (a dump, a report, a forgotten transaction) keeps finished pedidos in every index. */
class OldSnapshotTest {

    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
    private static final int FINISHED = Integer.getInteger("bench.count", 20_000);
    private static final int SLICES = 12;
    private static final int SLICE = 20;

    @Test
    void aReceiverThatFinishedThousandsUnderAnOldSnapshotIsNotSlowerThanHalf() throws Exception {
        try (var system = TestSystem.start("old-snapshot", Map.of());
                var report = system.ledger().jdbi().open()) {
            note(system, FINISHED + 2 * SLICES * SLICE + SLICE);
            report.execute("begin isolation level repeatable read");
            report.execute("select count(*) from pedidos");
            var fronts = new LineFronts();
            Duration before = fastestSlice(system, fronts);
            system.alter("update pedidos set status = 'COMPLETED', parked = false, relay_at = null where pedido_id in"
                    + " (select pedido_id from pedidos where in_line order by ordem, pedido_id limit " + FINISHED
                    + ")");
            slice(system, fronts);
            Duration after = fastestSlice(system, fronts);

            assertThat(after)
                    .as("%d turns, with %d finished ones before them in the index", SLICE, FINISHED)
                    .isLessThan(before.multipliedBy(2));
            assertThat(system.count("select count(*) from pedidos where in_line"))
                    .isZero();
        }
    }

    /** Parked, so that they are in that index, too. */
    private static void note(TestSystem system, int pedidos) {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, parked)"
                + " select 'p-' || i, i, 'simulado', 'busy', 'api', '{}', '', true from generate_series(1, " + pedidos
                + ") i");
    }

    /** The fastest of many, so that other work of the machine does not count. */
    private static Duration fastestSlice(TestSystem system, LineFronts fronts) throws SQLException {
        Duration fastest = slice(system, fronts);
        for (int i = 1; i < SLICES; i++) {
            Duration next = slice(system, fronts);
            fastest = next.compareTo(fastest) < 0 ? next : fastest;
        }
        return fastest;
    }

    private static Duration slice(TestSystem system, LineFronts fronts) throws SQLException {
        long start = System.nanoTime();
        for (int i = 0; i < SLICE; i++) {
            Version head;
            try (var turn = new SqlTurns(system.ledger(), SIGN_OF_LIFE, fronts).open()) {
                head = turn.enterHead("busy").orElseThrow().version();
            }
            try (var turn = new SqlTurns(system.ledger(), SIGN_OF_LIFE, fronts).open()) {
                assertThat(turn.enter("busy", head.pedidoId()).orElseThrow().head())
                        .isTrue();
                turn.finish(head, "busy", PedidoStatus.COMPLETED, null, null);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
