package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that comes back without its newest commits, as a standby that became the primary may. */
class LostCommitsTest {

    @Test
    void aPedidoThatIsUnfinishedAgainIsTheFirstOfItsLineAgain() throws Exception {
        try (var servers = OwnServers.open("lost-commits");
                var system = TestSystem.on(servers.fresh("lost"), Map.of())) {
            system.migrate();
            system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)"
                    + " select 'p-' || i, i, 'simulado', 'r', 'api', '{}', '' from generate_series(1, 5) i");
            var turns = new SqlTurns(system.ledger(), Duration.ofMinutes(1));
            for (String id : List.of("p-1", "p-2", "p-3", "p-4")) {
                finish(turns, id);
            }
            assertThat(isHead(turns, "p-5")).isTrue();

            servers.crashDatabase();
            servers.startDatabase();
            system.alter("update pedidos set status = 'PENDING' where pedido_id = 'p-2'");

            assertThat(isHead(turns, "p-5")).isFalse();
            assertThat(isHead(turns, "p-2")).isTrue();
        }
    }

    private static void finish(SqlTurns turns, String pedidoId) throws SQLException {
        try (var turn = turns.open()) {
            assertThat(turn.enter("r", pedidoId).orElseThrow().head()).isTrue();
            turn.finish(new FinalState(new Version(pedidoId, 0, 0, 0), "r", PedidoStatus.COMPLETED, null, null));
        }
    }

    private static boolean isHead(SqlTurns turns, String pedidoId) throws SQLException {
        return turns.look("r", pedidoId).orElseThrow().head();
    }
}
