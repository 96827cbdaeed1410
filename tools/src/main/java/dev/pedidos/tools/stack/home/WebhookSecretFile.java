package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The secrets with which the workers of {@code up} sign webhooks. {@code listen} checks them with the same file. */
public final class WebhookSecretFile {
    private static final int BYTES = 32;

    private WebhookSecretFile() {}

    public static Path of(Home home) {
        return home.dotPedidos().resolve("webhook-secrets");
    }

    /** Makes the file with a new secret if there is none. A full disk may have left an empty one. */
    public static Path make(Home home) throws IOException {
        Path file = of(home);
        if (!Files.exists(file) || Files.size(file) == 0) {
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            PrivateFile.write(file, "whsec_" + Base64.getEncoder().encodeToString(secret) + "\n");
        }
        return file;
    }
}
