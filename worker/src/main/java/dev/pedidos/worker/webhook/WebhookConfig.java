package dev.pedidos.worker.webhook;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.Settings;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
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
        Optional<String> file = env.text(Settings.WEBHOOK_SECRET_FILE);
        file.ifPresent(name -> check(env, name));
        if (hosts.isNone()) {
            return Optional.empty();
        }
        if (file.isEmpty()) {
            env.problem(
                    Settings.WEBHOOK_SECRET_FILE,
                    "is missing: " + Settings.CALLBACK_HOSTS.name() + " is set, and webhooks could not be signed");
        }
        return file.filter(WebhookConfig::isPath)
                .map(name -> new WebhookConfig(
                        hosts,
                        new SigningSecretsFile(Path.of(name)),
                        Duration.ofMillis(env.integer(Settings.WEBHOOK_TIMEOUT_MS)),
                        env.age(Settings.WEBHOOK_PRAZO)));
    }

    /** The name is not repeated: somebody may have put the secret itself there. */
    private static void check(Env env, String name) {
        try {
            var unused = new SigningSecretsFile(Path.of(name)).read();
        } catch (InvalidPathException e) {
            env.problem(Settings.WEBHOOK_SECRET_FILE, "must be the path of a file");
        } catch (IOException e) {
            env.problem(
                    Settings.WEBHOOK_SECRET_FILE,
                    "names a file that cannot be used: "
                            + (e instanceof java.nio.file.FileSystemException ? "it cannot be read" : e.getMessage()));
        }
    }

    private static boolean isPath(String name) {
        try {
            var unused = Path.of(name);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
