package dev.pedidos.shared.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a secret. It is read again at each use, so that the secret can be changed while the program runs. */
public record SecretFile(Path path) {

    private static final int LONGEST = 65_536;

    /** Its text without white space around it. */
    public String read() throws IOException {
        try (var stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("it is too long for a secret");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }
}
