package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.fleet.LivenessLock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LivenessLockTest {

    private static final Duration ALL_BACK_WITHIN = Duration.ofSeconds(4);

    /** Whatever ends all sessions ends those of workers that live. */
    @Test
    void afterItLostItsLockAWorkerTakesNoOtherForDeadForAWhile() throws Exception {
        try (var system = TestSystem.start("liveness", Map.of());
                var proxy = new TcpProxy(system.stores().databaseAdminUrl());
                var database =
                        new Database("liveness", () -> DatabaseUrl.parse(proxy.uri()), 2, new SimpleMeterRegistry());
                var lock = new LivenessLock(database, ALL_BACK_WITHIN)) {
            system.migrate();
            lock.start();
            Awaitility.await("there is an old session").until(lock::canTellDeaths);

            String cutAt = system.text("select clock_timestamp()");
            long cut = System.nanoTime();
            proxy.cut();
            assertThat(tellsDeathsTooEarly(lock, cut))
                    .as("just cut, and not noticed yet")
                    .isFalse();
            awaitLockOfANewSession(system, cutAt);
            assertThat(tellsDeathsTooEarly(lock, cut)).as("just taken again").isFalse();
        }
    }

    /** A worker that starts after a restart of the database may be earlier than those that live. */
    @Test
    void aWorkerThatFindsNoOldSessionTakesNoOtherForDeadForAWhile() throws Exception {
        try (var system = TestSystem.start("liveness-new", Map.of());
                var first = new LivenessLock(system.ledger(), Duration.ofHours(1));
                var early = new LivenessLock(system.ledger(), ALL_BACK_WITHIN);
                var late = new LivenessLock(system.ledger(), ALL_BACK_WITHIN)) {
            first.start();
            assertThat(first.canTellDeaths()).as("every session is new").isFalse();
            early.start();
            Awaitility.await("the sessions are old").until(early::canTellDeaths);
            late.start();
            assertThat(late.canTellDeaths()).as("there is an old session").isTrue();
        }
    }

    /** A test that stands still for so long may see them told rightly. */
    private static boolean tellsDeathsTooEarly(LivenessLock lock, long cut) {
        boolean tells = lock.canTellDeaths();
        return tells && System.nanoTime() - cut < ALL_BACK_WITHIN.toNanos();
    }

    private static void awaitLockOfANewSession(TestSystem system, String cutAt) {
        Awaitility.await("the lock")
                .until(() -> system.count("select count(*) from pg_stat_activity a join pg_locks l using (pid)"
                                + " where l.locktype = 'advisory' and l.granted and a.application_name = 'liveness'"
                                + " and a.backend_start > '" + cutAt + "'")
                        == 1);
    }
}
