package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.local.Main;
import dev.pedidos.shared.runtime.Settings;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {

    @Test
    void theTableOfVariablesIsThatOfTheCode() {
        var inTheCode = Settings.ALL.stream()
                .map(setting -> List.of(
                        "`" + setting.name() + "`",
                        setting.defaultText().isEmpty() ? "(none)" : setting.defaultText(),
                        setting.meaning()))
                .toList();

        assertThat(Markdown.read("README.md").section("Configuration").rows()).isEqualTo(inTheCode);
    }

    @Test
    void everyCommandIsInTheTableWithItsOptions() {
        var commandLine = Main.commandLine();
        var expected = new TreeSet<String>();
        commandLine.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                expected.add(name);
                command.getCommandSpec().options().stream()
                        .map(option -> option.longestName())
                        .filter(option -> !List.of("--help", "--version").contains(option))
                        .forEach(option -> expected.add(name + " " + option));
            }
        });
        // Of the script itself.
        expected.add("test");

        var inTheTable = new TreeSet<String>();
        for (var row : Markdown.read("README.md").section("Commands").rows()) {
            var words = row.getFirst().replaceAll("[`\\[\\]]", "").split(" ", -1);
            inTheTable.add(words[0]);
            for (var word : words) {
                if (word.startsWith("--")) {
                    inTheTable.add(words[0] + " " + word);
                }
            }
        }
        assertThat(inTheTable).isEqualTo(expected);
    }
}
