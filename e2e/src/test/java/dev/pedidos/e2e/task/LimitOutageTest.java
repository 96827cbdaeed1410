package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.protocol.DuePublisher;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.worker.limit.FleetLimits;
import dev.pedidos.worker.limit.LimitRelease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The limits that a worker knows from others, after these could not write them. */
class LimitOutageTest {

    private static final Messages MESSAGES =
            new Messages(new Topology("", 1, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1))));

    @Test
    void aLimitThatNobodyCouldWriteHoldsUntilItsWorkersHaveHadTimeForIt() throws Exception {
        try (var system = TestSystem.start("limit-outage", Map.of())) {
            system.migrate();
            name(system, "correio");
            name(system, "cnpj");
            var limits = new FleetLimits(new LimitStore(system.ledger()), "this", Map.of());
            try (var release = release(system, limits)) {
                release.start();
                assertThat(limits.of("correio")).isPresent();
                system.alter("delete from limites where dependencia = 'correio'");
                Awaitility.await("all others had time")
                        .until(() -> limits.of("correio").isEmpty());

                denyWritesForSixSeconds(system);
                name(system, "after");
                Awaitility.await("the limits are read again")
                        .until(() -> limits.of("after").isPresent());
                assertThat(limits.of("cnpj")).isPresent();
                Awaitility.await("all others had time")
                        .until(() -> limits.of("cnpj").isEmpty());
            }
        }
    }

    /** As if another worker did, and went on for most of a minute. */
    private static void name(TestSystem system, String dependency) {
        system.alter("insert into limites values ('other', '" + dependency
                + "', 5, 1000, clock_timestamp() + interval '45 seconds')");
    }

    /** The limits of others are too old after that. */
    private static void denyWritesForSixSeconds(TestSystem system) throws SQLException {
        try (var outage = system.owner();
                var statement = outage.createStatement()) {
            outage.setAutoCommit(false);
            statement.execute("lock table limites in exclusive mode");
            statement.execute("update limites set visto_em = clock_timestamp() - interval '10 seconds'");
            statement.execute("select pg_sleep(6)");
            outage.commit();
        }
    }

    private static LimitRelease release(TestSystem system, FleetLimits limits) {
        return new LimitRelease(
                limits,
                new LimitQueue(system.ledger(), 1_000),
                new DuePublisher(message -> CompletableFuture.completedFuture(null), MESSAGES),
                marks -> 0);
    }
}
