package dev.pedidos.shared.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Secrets that lie in files, put where they would stand if they were in the environment. */
final class SecretFiles {

    private SecretFiles() {}

    /** @return the variables, and by name of the setting what its file holds */
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
                all.put(setting.name(), Files.readString(Path.of(file)).strip());
            } catch (IOException | InvalidPathException e) {
                problems.accept(name + " names a file that cannot be read: " + file);
            }
        }
        return Map.copyOf(all);
    }
}
