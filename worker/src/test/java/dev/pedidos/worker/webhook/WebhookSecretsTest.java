package dev.pedidos.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.InvalidConfig;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSecretsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsReplacedCountsWithinASecondAndABrokenOneNever() throws Exception {
        Path file = Files.writeString(folder.resolve("secrets"), SECRET);
        var nanos = new AtomicLong();
        var secrets = new CurrentSecrets(new SigningSecretsFile(file), nanos::get);
        assertThat(secrets.get()).hasSize(1);

        Files.writeString(file, SECRET + SECRET);
        assertThat(secrets.get()).hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(secrets.get()).hasSize(2);

        Files.writeString(file, "");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(secrets.get()).hasSize(2);
        Files.delete(file);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(secrets.get()).hasSize(2);
    }

    @Test
    void aWorkerThatCouldNotSignWebhooksDoesNotStart() throws Exception {
        Path good = Files.writeString(folder.resolve("good"), SECRET);
        Path bad = Files.writeString(folder.resolve("bad"), "my-password");

        assertThat(WebhookConfig.from(new Env(Map.of()))).isEmpty();
        assertThat(WebhookConfig.from(env(good.toString()))).isPresent();
        assertThat(problems(env(""))).contains("PEDIDOS_WEBHOOK_SECRET_FILE is missing");
        assertThat(problems(env(bad.toString())))
                .contains("must begin with whsec_")
                .doesNotContain("my-password");
        assertThat(problems(env("whsec_in-the-wrong-place")))
                .contains("cannot be read")
                .doesNotContain("wrong-place");
    }

    private static Env env(String file) {
        return new Env(Map.of("PEDIDOS_CALLBACK_HOSTS", "hooks.example.com", "PEDIDOS_WEBHOOK_SECRET_FILE", file));
    }

    private static String problems(Env env) {
        var unused = WebhookConfig.from(env);
        return String.valueOf(
                catchThrowableOfType(InvalidConfig.class, env::check).getMessage());
    }
}
