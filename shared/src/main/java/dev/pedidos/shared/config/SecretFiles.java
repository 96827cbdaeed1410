package dev.pedidos.shared.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads secrets from files, as if they were in the environment. */
final class SecretFiles {

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
                String secret = new SecretFile(Path.of(file)).read();
                if (secret.isEmpty()) {
                    problems.accept(name + " names an empty file" + named(file));
                }
                all.put(setting.name(), secret);
            } catch (IOException | InvalidPathException e) {
                problems.accept(name + " names a file that cannot be read" + named(file));
            }
        }
        return Map.copyOf(all);
    }

    /** If somebody put the secret itself where the file's name belongs, it must not reach a log. */
    private static String named(String file) {
        return PATH.matcher(file).matches() ? ": " + file : ", and what it says does not look like a path";
    }
}
