package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Version;
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
            // DROP DATABASE is a transaction that writes, and the front of a line stays until all of those have ended.
            TestStores.awaitDrops();
            note(system, "busy", FINISHED + (SLICES + 1) * SLICE);
            note(system, "calm", (SLICES + 1) * SLICE);
            report.execute("begin isolation level repeatable read");
            report.execute("select count(*) from pedidos");
            system.alter("update pedidos set status = 'COMPLETED', parked = false, relay_at = null where pedido_id in"
                    + " (select pedido_id from pedidos where recebedor_id = 'busy' order by ordem limit " + FINISHED
                    + ")");
            var busy = new Line(system, "busy");
            var calm = new Line(system, "calm");
            busy.slice();
            calm.slice();
            for (int i = 0; i < SLICES; i++) {
                busy.timedSlice();
                calm.timedSlice();
            }

            assertThat(busy.fastest)
                    .as("%d turns, with %d finished ones before them in the index", SLICE, FINISHED)
                    .isLessThan(calm.fastest.multipliedBy(2));
            assertThat(system.count("select count(*) from pedidos where in_line"))
                    .isZero();
        }
    }

    /** Parked, so that they are in that index, too. */
    private static void note(TestSystem system, String recebedorId, int pedidos) {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, parked)"
                + " select '" + recebedorId + "-' || i, i, 'simulado', '" + recebedorId + "', 'api', '{}', '', true"
                + " from generate_series(1, " + pedidos + ") i");
    }

    /**
     * A receiver's turns. Those of two receivers alternate, and the fastest slice of each counts: other work of the machine makes
     * both slower.
     */
    private static final class Line {
        private final String recebedorId;
        private final SqlTurns turns;
        private Duration fastest = Duration.ofDays(1);

        Line(TestSystem system, String recebedorId) {
            this.turns = new SqlTurns(system.ledger(), SIGN_OF_LIFE);
            this.recebedorId = recebedorId;
        }

        void timedSlice() throws SQLException {
            long start = System.nanoTime();
            slice();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }

        void slice() throws SQLException {
            for (int i = 0; i < SLICE; i++) {
                Version head;
                try (var turn = turns.open()) {
                    head = turn.enterHead(recebedorId).orElseThrow().version();
                }
                try (var turn = turns.open()) {
                    assertThat(turn.enter(recebedorId, head.pedidoId())
                                    .orElseThrow()
                                    .head())
                            .isTrue();
                    turn.finish(new FinalState(head, recebedorId, PedidoStatus.COMPLETED, null, null));
                }
            }
        }
    }
}
