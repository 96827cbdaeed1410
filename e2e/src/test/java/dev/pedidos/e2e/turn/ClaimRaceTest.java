package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A pedido changes between the snapshot of a claim and its lock of the row. */
class ClaimRaceTest {

    private static final int HELD = 4711;

    @Test
    void aPedidoThatIsRedrivenWhileItIsClaimedIsPublished() throws Exception {
        try (var system = TestSystem.start("claim_race", Map.of());
                var program = new Database(
                        "e2e", () -> DatabaseUrl.parse(system.stores().databaseUrl()), 1, new SimpleMeterRegistry());
                var holding = system.ledger().jdbi().open()) {
            system.alter("insert into pedidos"
                    + " (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, published, relay_at)"
                    + " values ('head', 1, 'simulado', 'rcb', 'api', '{}', '', true, only_as_head()),"
                    + " ('redriven', 2, 'simulado', 'rcb', 'api', '{}', '', true, now() - interval '1 s')");
            haveClaimsWaitAtTheirFirstLook(system);
            holding.execute("select pg_advisory_lock(" + HELD + ")");
            var claim = new FutureTask<>(
                    () -> new RelayLedger(program, Duration.ofMinutes(1)).claim(200, 1_000_000, Duration.ofMinutes(1)));
            Thread.ofPlatform().start(claim);
            system.awaitCount(TestSystem.WAITS + " and wait_event = 'advisory'", 1);
            system.alter("update pedidos set published = false, relay_at = clock_timestamp() - interval '1 s'"
                    + " where pedido_id = 'redriven'");
            holding.execute("select pg_advisory_unlock(" + HELD + ")");

            assertThat(claim.get().due()).extracting(Due::pedidoId).containsExactly("redriven");
            assertThat(system.count("select count(*) from pedidos where pedido_id = 'redriven' and not parked"
                            + " and relay_at < now() + interval '2 minutes'"))
                    .isOne();
        }
    }

    /** The policy is asked when a row is read, before it is locked. */
    private static void haveClaimsWaitAtTheirFirstLook(TestSystem system) {
        system.alter(
                "create function look_at(id text) returns boolean language plpgsql set lock_timeout = 0 as $$ begin"
                        + " if id = 'redriven' then perform pg_advisory_xact_lock_shared(" + HELD + "); end if;"
                        + " return true; end $$");
        system.alter("create policy look on pedidos using (look_at(pedido_id))");
        system.alter("alter table pedidos enable row level security");
    }
}
