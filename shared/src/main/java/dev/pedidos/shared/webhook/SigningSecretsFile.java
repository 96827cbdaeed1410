package dev.pedidos.shared.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file with the secrets of webhooks. It may be replaced while the programs run. */
public record SigningSecretsFile(Path path) {
    private static final int LONGEST_BYTES = 16_384;

    /**
     * Reads it as it is now.
     *
     * @throws IOException it cannot be read, or does not hold secrets; the message has nothing of its content
     */
    public List<WebhookSecret> read() throws IOException {
        try (var stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(LONGEST_BYTES + 1);
            if (bytes.length > LONGEST_BYTES) {
                throw new IOException("it is too long for a file of secrets");
            }
            return WebhookSecret.ofLines(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
    }
}
