package dev.pedidos.worker;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import java.util.Optional;

/**
 * How much a worker does at once, and for how long.
 *
 * @param prefetch unacknowledged deliveries of a shard; empty: as many as the other settings need
 * @param lote the most pedidos of a shard in one transaction
 * @param esperas how many handlers may wait at once
 * @param handlerLimit the longest time for a handler
 */
record WorkLimits(Optional<Integer> prefetch, int lote, int esperas, int maxTentativas, Duration handlerLimit) {

    static WorkLimits from(Env env) {
        return new WorkLimits(
                env.parsed(Settings.PREFETCH, Optional.empty(), text -> Optional.of(Digits.toInt(text))),
                env.integer(Settings.LOTE),
                env.integer(Settings.ESPERAS),
                env.integer(Settings.MAX_TENTATIVAS),
                Duration.ofMillis(env.integer(Settings.HANDLER_LIMIT_MS)));
    }

    /**
     * How many unacknowledged deliveries of a shard the broker may send ahead: as many as the settings say; else enough
     * for the handlers that wait and for lots.
     */
    int deliveriesAhead(int shards) {
        // While one lot is in hand the next one is on its way.
        int together = lote == 1 ? 1 : 2 * lote;
        // A shard's share of the handlers that wait, four times: shards are not equally busy, and others of the same
        // receivers wait in the lanes.
        int beside = Math.ceilDiv(4 * esperas, shards);
        int usual = Digits.toInt(Settings.PREFETCH.defaultText());
        return prefetch.orElse(Math.max(usual, Math.max(together, beside)));
    }
}
