package dev.pedidos.shared.webhook;

import dev.pedidos.shared.config.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file with the secrets of webhooks. It may be replaced while the programs run. */
public record SigningSecretsFile(Path path) {
    /**
     * Reads it as it is now.
     *
     * @throws IOException it cannot be read, or does not hold secrets; the message has nothing of its content
     */
    public List<WebhookSecret> read() throws IOException {
        try {
            return WebhookSecret.ofLines(new SecretFile(path).read());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
    }
}
