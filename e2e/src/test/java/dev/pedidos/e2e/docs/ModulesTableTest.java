package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModulesTableTest {

    private static final Map<String, String> ROOTS = Map.of(
            "shared", "shared",
            "producer-api", "api",
            "worker", "worker",
            "tools", "tools");

    /** Packages whose own packages are described, too. */
    private static final List<String> DIVIDED = List.of("broker", "ledger");

    @Test
    void everyStepOfAModuleIsDescribed() throws IOException {
        Map<String, Set<String>> described = described();
        for (var root : ROOTS.entrySet()) {
            Path sources = Markdown.REPOSITORY
                    .resolve(root.getKey())
                    .resolve("src/main/java/dev/pedidos")
                    .resolve(root.getValue());
            var packages = packages(sources, "");
            for (String divided : DIVIDED) {
                if (Files.exists(sources.resolve(divided))) {
                    packages.addAll(packages(sources.resolve(divided), divided + "."));
                }
            }
            assertThat(described.get(root.getKey())).as(root.getKey()).isEqualTo(packages);
        }
    }

    /** By module. A name that begins with a dot is below the package that the row begins with. */
    private static Map<String, Set<String>> described() {
        Map<String, Set<String>> described = new TreeMap<>();
        String module = "";
        for (var row : Markdown.read("docs/architecture.md").section("Modules").rows()) {
            module = Markdown.codes(row.get(0)).stream().findFirst().orElse(module);
            List<String> names = Markdown.codes(row.get(1));
            for (String name : names) {
                String above = names.getFirst().replaceFirst("\\..*", "");
                described
                        .computeIfAbsent(module, any -> new TreeSet<>())
                        .add(name.startsWith(".") ? above + name : name);
            }
        }
        return described;
    }

    private static Set<String> packages(Path folder, String prefix) throws IOException {
        var names = new TreeSet<String>();
        try (var below = Files.list(folder)) {
            below.filter(Files::isDirectory).forEach(each -> names.add(prefix + each.getFileName()));
        }
        return names;
    }
}
