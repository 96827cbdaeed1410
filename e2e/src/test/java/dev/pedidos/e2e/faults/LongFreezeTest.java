package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Fault 21: a worker is frozen in a transaction for longer than the database lets a transaction rest. Its receiver goes on with
 * another worker before it wakes up, and it does no harm then.
 */
class LongFreezeTest {

    private static final int FOLLOWERS = 20;

    @Test
    void theReceiverOfAFrozenTransactionGoesOnBeforeTheWorkerWakesUp() throws Exception {
        try (var system = TestSystem.start("long-freeze", Strike.SETTINGS)) {
            var api = system.api();
            Mix.stock(api);
            var witness = new Witness(system);
            var database = system.databaseProxy();
            var frozen = system.worker(Map.of("DATABASE_URL", database.uri()));
            var trap = database.hold(Statements.FINISH, frozen::freeze);
            witness.send(List.of(api), 4, bodies());
            trap.awaitSprung();
            system.worker();
            system.awaitCount(
                    "select count(*) from pedidos where status = 'COMPLETED' and recebedor_id = 'held'", FOLLOWERS);

            frozen.thaw();
            witness.assertEveryLawHolds();
            assertThat(frozen.isAlive()).as("it woke up and went on").isTrue();
            assertThat(system.count("select count(*) from pedidos where tentativas > 1"))
                    .isZero();
        }
    }

    private static List<String> bodies() {
        return IntStream.range(0, FOLLOWERS)
                .mapToObj(i -> Client.pedido("p-" + i, "held", "plenty:1"))
                .toList();
    }
}
