package dev.pedidos.shared.ledger.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended.
 *
 * @param resultado OK, or what kind of failure
 * @param endedAt System.nanoTime()
 * @param erro no payload, no secrets; null if it did not fail
 */
public record CallRecord(
        String dependencia,
        String pedidoId,
        String resultado,
        Duration duracao,
        long endedAt,
        @Nullable String erro) {}
