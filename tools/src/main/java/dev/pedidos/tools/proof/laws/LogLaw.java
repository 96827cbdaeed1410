package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** No log shows a password or the content of a pedido. */
public final class LogLaw {

    private LogLaw() {}

    /** @param secrets values that must not be in a log; the verdict does not print them */
    public static Verdict check(Path folder, List<String> secrets) throws IOException {
        List<String> examples = new ArrayList<>();
        long lines = 0;
        long violations = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                long number = 0;
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    number++;
                    if (secrets.stream().anyMatch(line::contains)) {
                        violations++;
                        if (examples.size() < Verdict.MOST_EXAMPLES) {
                            examples.add(folder.relativize(file) + " line " + number);
                        }
                    }
                }
                lines += number;
            }
        }
        return new Verdict(
                "no-secret-in-a-log",
                RootLocale.format("%d lines of %d logs", lines, files.size()),
                violations,
                examples);
    }
}
