package dev.pedidos.shared.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads secrets from files, as if they were in the environment. */
final class SecretFiles {

    private static final int LONGEST = 65_536;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._/ -]*");

    private SecretFiles() {}

    /** @return the variables, with the content of each file under the name of its setting */
    static Map<String, String> read(Map<String, String> variables, Consumer<String> problems) {
        Map<String, String> all = new HashMap<>(variables);
        for (var setting : Settings.SECRET) {
            String name = setting.name() + "_FILE";
            String file = variables.getOrDefault(name, "");
            if (file.isEmpty()) {
                continue;
            }
            if (!variables.getOrDefault(setting.name(), "").isEmpty()) {
                problems.accept(setting.name() + " and " + name + " are both set: keep one");
                continue;
            }
            try {
                all.put(setting.name(), content(Path.of(file)));
            } catch (IOException | InvalidPathException e) {
                problems.accept(name + " names a file that cannot be read" + named(file));
            }
        }
        return Map.copyOf(all);
    }

    private static String content(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException("too long for a secret");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    /** If somebody put the secret itself where the file's name belongs, it must not reach a log. */
    private static String named(String file) {
        return PATH.matcher(file).matches() ? ": " + file : ", and what it says does not look like a path";
    }
}
