package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.text.RootLocale;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One worker after the other is stopped and replaced while pedidos come in, as in the upgrade of a fleet. */
@Isolated("it measures seconds, with three workers that start one after the other")
class RollingRestartTest {

    private static final int PER_SECOND = 60;
    private static final int RECEIVERS = 96;
    private static final long LONGEST_DELAY_MILLIS = 5_000;

    @Test
    void noPedidoIsLostTriedTwiceOrLate() throws Exception {
        try (var system = TestSystem.start("rolling", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.api();
            var witness = new Witness(system);
            var workers = system.workers(3);
            var replaced = new AtomicBoolean();
            var sending = witness.sending(
                    List.of(api),
                    16,
                    PER_SECOND,
                    bodies().takeWhile(body -> !replaced.get()).iterator());
            Awaitility.await().until(() -> witness.answered() > PER_SECOND);
            for (TestProgram old : workers) {
                old.stop();
                system.worker();
            }
            replaced.set(true);
            sending.join();

            witness.assertEveryLawHolds();
            assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
            long longest = longestDelayMillis(system);
            System.err.print(
                    RootLocale.format("e2e: rolling restart: the latest pedido was done after %d ms%n", longest));
            assertThat(longest).isLessThan(LONGEST_DELAY_MILLIS);
        }
    }

    private static long longestDelayMillis(TestSystem system) {
        return system.count("""
                select (1000 * max(extract(epoch from e.occurred_at - p.aceito_em)))::bigint
                from pedidos p
                join operation_events e on e.external_id = p.pedido_id and e.event_type = 'COMPLETED'""");
    }

    private static Stream<String> bodies() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Client.simulado("p-" + i, "rcb-" + i % RECEIVERS, "{\"demora_ms\":5}"));
    }
}
