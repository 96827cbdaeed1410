package dev.pedidos.worker;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.text.Digits;
import dev.pedidos.worker.provider.ProviderConfig;
import dev.pedidos.worker.webhook.WebhookConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A worker's settings.
 *
 * @param host address of health and metrics
 * @param port of health and metrics; 0: a free port
 * @param prefetch unacknowledged deliveries of a shard; empty: as many as the other settings need
 * @param lote the most pedidos of a shard in one transaction
 * @param esperas how many handlers may wait at once
 * @param handlerLimit the longest time for a handler
 * @param provider of company data; empty: expenses are only checked
 * @param limites how often the fleet may call each dependency
 * @param archiveAfter age of the pedidos that move to the archive; empty: none do
 * @param webhooks empty: none are sent
 * @param plugins a folder of handler jars; it may be absent
 */
record WorkerConfig(
        FleetConfig fleet,
        String host,
        int port,
        Optional<Integer> prefetch,
        int lote,
        int esperas,
        int maxTentativas,
        Duration handlerLimit,
        boolean simulado,
        Optional<ProviderConfig> provider,
        Map<String, CallRate> limites,
        Optional<Duration> archiveAfter,
        Optional<WebhookConfig> webhooks,
        Path plugins) {

    static WorkerConfig from(Env env) {
        return new WorkerConfig(
                FleetConfig.from(env),
                env.validOrDefault(Settings.WORKER_HOST),
                env.integer(Settings.WORKER_PORT),
                env.parsed(Settings.PREFETCH, Optional.empty(), text -> Optional.of(Digits.toInt(text))),
                env.integer(Settings.LOTE),
                env.integer(Settings.ESPERAS),
                env.integer(Settings.MAX_TENTATIVAS),
                Duration.ofMillis(env.integer(Settings.HANDLER_LIMIT_MS)),
                env.onOff(Settings.HANDLER_SIMULADO),
                ProviderConfig.from(env),
                CallRate.parse(env.validOrDefault(Settings.LIMITES)),
                env.ageOrOff(Settings.ARQUIVAR_APOS),
                WebhookConfig.from(env),
                plugins(env));
    }

    /** The folder of the default may be absent, another one may not. */
    private static Path plugins(Env env) {
        var folder = Path.of(env.validOrDefault(Settings.PLUGINS));
        if (!folder.equals(Path.of(Settings.PLUGINS.defaultText())) && !Files.isDirectory(folder)) {
            env.problem(Settings.PLUGINS, "must be the path of a folder that exists");
        }
        return folder;
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
