package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secrets with which the workers of {@code up} sign webhooks. {@code listen} checks them with the same file. */
public final class WebhookSecretFile {
    private static final int BYTES = 32;

    private WebhookSecretFile() {}

    public static Path of(Home home) {
        return home.dotPedidos().resolve("webhook-secrets");
    }

    /** Makes the file with a new secret if there is none. */
    public static Path make(Home home) throws IOException {
        Path file = of(home);
        if (!Files.exists(file)) {
            Files.createDirectories(home.dotPedidos());
            byte[] secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "whsec_" + Base64.getEncoder().encodeToString(secret) + "\n");
        }
        return file;
    }
}
