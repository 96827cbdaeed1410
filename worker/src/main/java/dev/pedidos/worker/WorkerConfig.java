package dev.pedidos.worker;

import dev.pedidos.shared.runtime.CallRate;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.FleetConfig;
import dev.pedidos.shared.runtime.Settings;
import dev.pedidos.worker.provider.ProviderConfig;
import dev.pedidos.worker.webhook.WebhookConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A worker's settings.
 *
 * @param host address of health and metrics
 * @param port of health and metrics; 0: a free port
 * @param lote the most pedidos of a shard in one transaction
 * @param esperas how many handlers may wait at once
 * @param handlerLimit the longest time for a handler
 * @param provider of company data; empty: expenses are only checked
 * @param limites how often the fleet may call each dependency
 * @param archiveAfter age of the pedidos that move to the archive; empty: none do
 * @param webhooks empty: none are sent
 * @param plugins a folder of handler jars; it may be absent
 */
public record WorkerConfig(
        FleetConfig fleet,
        String host,
        int port,
        int prefetch,
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

    public static WorkerConfig from(Env env) {
        return new WorkerConfig(
                FleetConfig.from(env),
                env.validOrDefault(Settings.WORKER_HOST),
                env.integer(Settings.WORKER_PORT),
                env.integer(Settings.PREFETCH),
                env.integer(Settings.LOTE),
                env.integer(Settings.ESPERAS),
                env.integer(Settings.MAX_TENTATIVAS),
                Duration.ofMillis(env.integer(Settings.HANDLER_LIMIT_MS)),
                env.onOff(Settings.HANDLER_SIMULADO),
                ProviderConfig.from(env),
                CallRate.parse(env.validOrDefault(Settings.LIMITES)),
                env.age(Settings.ARQUIVAR_APOS),
                WebhookConfig.from(env),
                Path.of(env.validOrDefault(Settings.PLUGINS)));
    }
}
