package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The probe of a session asks for every right that the migrations give to the programs. */
class ProbeRightsTest {

    private static final Pattern GRANT =
            Pattern.compile("(?i)grant ([a-z, ]+) on (?!function|sequence|schema)([a-z_, ]+) to \"\\$\\{app_role}\"");
    private static final Pattern NEEDED = Pattern.compile("\\('([a-z_]+)', '([a-z ]+)'\\)");
    private static final Pattern FUNCTIONS =
            Pattern.compile("(?i)grant execute on function ([^;]+) to \"\\$\\{app_role}\"");
    /** Only the migrations and the start of a program read it. */
    private static final String HISTORY = "flyway_schema_history";

    @Test
    void everyRightThatAMigrationGivesIsProbed() throws IOException {
        var granted = new TreeMap<String, Set<String>>();
        GRANT.matcher(migrations()).results().forEach(found -> {
            for (String table : found.group(2).split(",")) {
                granted.computeIfAbsent(table.strip(), any -> new TreeSet<>()).addAll(words(found.group(1)));
            }
        });
        granted.remove(HISTORY);
        Map<String, Set<String>> probed = new HashMap<>();
        NEEDED.matcher(probe()).results().forEach(found -> probed.put(found.group(1), words(found.group(2))));
        assertThat(granted).hasSizeGreaterThan(30).isEqualTo(new TreeMap<>(probed));
    }

    @Test
    void everyFunctionThatIsNotForEverybodyIsProbed() throws IOException {
        var functions = FUNCTIONS.matcher(migrations()).results().toList();
        assertThat(functions).isNotEmpty();
        for (var found : functions) {
            for (String function : found.group(1).split(",(?![^(]*\\))")) {
                assertThat(probe()).contains("('" + function.strip() + "')");
            }
        }
    }

    private static Set<String> words(String list) {
        return new TreeSet<>(Set.of(list.strip().split("[, ]+")));
    }

    private static String probe() {
        return Sql.named("probe_rights");
    }

    private static String migrations() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path file : files.sorted().toList()) {
                all.append(Files.readString(file).replaceAll("\\s+", " ")).append('\n');
            }
        }
        return all.toString();
    }
}
