package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.OperationEventType;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.OperationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FoldTest {

    @Test
    @Timeout(20)
    void aStreamOfAdjustmentsDoesNotLookAtThoseThatWait() {
        var fold = new Fold("r");
        fold.addDecided(event(OperationEventType.CREATED, "c", 100), 0, "r");
        for (int i = 1; i <= 200_000; i++) {
            boolean early = i <= 100_000;
            var event = early
                    ? event(OperationEventType.COMPLETED, "e" + i, 0)
                    : event(OperationEventType.ADJUSTED, "e" + i, 1);
            fold.addDecided(event, i, "r");
        }
        fold.addDecided(event(OperationEventType.STARTED, "s", 0), 200_001, "r");

        assertThat(fold.operation()).isEqualTo(new Operation(OperationStatus.COMPLETED, 100_003, 100_100, null));
        assertThat(fold.outcomes().stream().filter(one -> "REFUSED".equals(one.estado())))
                .hasSize(99_999);
    }

    private static Entry event(OperationEventType type, String hash, long centavos) {
        return new Entry(type, hash, centavos, null);
    }
}
