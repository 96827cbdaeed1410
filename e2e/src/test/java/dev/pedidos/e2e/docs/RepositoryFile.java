package dev.pedidos.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text file of this repository.
 *
 * @param name its path from there
 */
record RepositoryFile(String name) {

    String text() {
        try {
            return Files.readString(Markdown.REPOSITORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first group of each match. */
    List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
