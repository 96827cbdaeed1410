package dev.pedidos.worker;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.config.Settings;
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
        WorkLimits work,
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
                WorkLimits.from(env),
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
}
