package dev.pedidos.e2e.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cancellations wait for the lock of their pedido's receiver. */
class CancelLockTest {

    private static final Cancelamento CANCELAMENTO = new Cancelamento("kept", null);

    /** Two connections are for cancellations. */
    @Test
    void aReceiverWhoseLockIsKeptHardlyHoldsUpTheCancellationsOfOthers() throws Exception {
        try (var system = TestSystem.start("cancel-lock", Map.of())) {
            new PedidoInserts(system.ledger(), Duration.ofMinutes(10), place -> {})
                    .insert(List.of(
                            NewPedido.of(new Pedido("kept", "simulado", "rcb-kept", "api", List.of(), null), true)));
            var cancellations = new Cancellations(system.ledger());
            try (var keeping = system.holdReceiver("rcb-kept")) {
                waitInVain(cancellations);
                var fastest = Stream.generate(() -> waitInVain(cancellations))
                        .limit(5)
                        .min(Duration::compareTo)
                        .orElseThrow();
                assertThat(fastest).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(cancellations.applyNow(CANCELAMENTO)).contains(PedidoStatus.PENDING);
        }
    }

    private static Duration waitInVain(Cancellations cancellations) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> cancellations.applyNow(CANCELAMENTO)).matches(LedgerFault::isLockTimeout);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
