package dev.pedidos.worker.webhook;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of webhooks.
 *
 * @param timeout of one attempt
 * @param giveUpAfter how long a webhook is tried
 */
public record WebhookConfig(CallbackHosts hosts, SigningSecretsFile secrets, Duration timeout, Duration giveUpAfter) {

    /** Empty if no host is named: then none are sent. */
    public static Optional<WebhookConfig> from(Env env) {
        var hosts = env.parsed(Settings.CALLBACK_HOSTS, CallbackHosts.NONE, CallbackHosts::parse);
        Optional<SigningSecretsFile> secrets = env.parsed(
                Settings.WEBHOOK_SECRET_FILE,
                Optional.empty(),
                path -> Optional.of(new SigningSecretsFile(Path.of(path))));
        secrets.ifPresent(file -> check(env, file));
        if (hosts.isNone()) {
            return Optional.empty();
        }
        if (env.text(Settings.WEBHOOK_SECRET_FILE).isEmpty()) {
            env.problem(
                    Settings.WEBHOOK_SECRET_FILE,
                    "is missing: " + Settings.CALLBACK_HOSTS.name() + " is set, and webhooks could not be signed");
        }
        return secrets.map(file -> new WebhookConfig(
                hosts,
                file,
                Duration.ofMillis(env.integer(Settings.WEBHOOK_TIMEOUT_MS)),
                env.age(Settings.WEBHOOK_PRAZO)));
    }

    /** The name is not repeated: somebody may have put the secret itself there. */
    private static void check(Env env, SigningSecretsFile secrets) {
        try {
            var unused = secrets.read();
        } catch (IOException e) {
            env.problem(
                    Settings.WEBHOOK_SECRET_FILE,
                    "names a file that cannot be used: "
                            + (e instanceof java.nio.file.FileSystemException ? "it cannot be read" : e.getMessage()));
        }
    }
}
