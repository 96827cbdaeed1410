package dev.pedidos.worker.provider;

import dev.pedidos.shared.config.SecretFile;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file of a token that is sent in a header. */
public record TokenFile(SecretFile file) {

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    /** As it is in the file now; empty if the file cannot be read, or holds something that no header can carry. */
    Optional<String> token() {
        try {
            return Optional.of(file.read()).filter(TOKEN.asMatchPredicate());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
