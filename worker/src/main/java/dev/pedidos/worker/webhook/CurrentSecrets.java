package dev.pedidos.worker.webhook;

import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.shared.webhook.WebhookSecret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets as the file has them now: it is read again every second. While it cannot be read, the last ones count. */
final class CurrentSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentSecrets.class);
    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    private final SigningSecretsFile file;
    private final LongSupplier nanos;
    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private List<WebhookSecret> secrets;
    private long readAt;

    /** @param nanos System::nanoTime, or the clock of a test */
    CurrentSecrets(SigningSecretsFile file, LongSupplier nanos) throws IOException {
        this.file = file;
        this.nanos = nanos;
        this.secrets = file.read();
        this.readAt = nanos.getAsLong();
    }

    List<WebhookSecret> get() {
        long now = nanos.getAsLong();
        if (now - readAt >= READ_EVERY.toNanos()) {
            readAt = now;
            try {
                secrets = file.read();
                faults.over();
            } catch (IOException e) {
                faults.warn(
                        "the file of the webhooks' secrets cannot be used now; webhooks are signed with the secrets that it"
                                + " had before",
                        e.getClass().getSimpleName());
            }
        }
        return secrets;
    }
}
