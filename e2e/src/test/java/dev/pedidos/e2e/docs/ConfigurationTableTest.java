package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.Settings;
import dev.pedidos.tools.cli.Main;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ConfigurationTableTest {

    private static final Markdown COMMANDS = Markdown.read("docs/commands.md");

    @Test
    void theTableOfVariablesIsThatOfTheCode() {
        var inTheCode = Settings.ALL.stream()
                .map(setting -> List.of(
                        "`" + setting.name() + "`",
                        setting.defaultText().isEmpty() ? "(none)" : setting.defaultText(),
                        setting.meaning()))
                .toList();

        assertThat(Markdown.read("docs/configuration.md").section("Settings").rows())
                .isEqualTo(inTheCode);
    }

    /** Listed once, below the table. */
    private static final List<String> LISTED_BELOW = List.of("--header", "--header-file", "--url-file");

    @Test
    void everyCommandIsInTheTableWithItsOptions() {
        assertThat(COMMANDS.text()).contains(LISTED_BELOW);
        var expected = new TreeSet<String>();
        addCommands(Main.commandLine(), "", expected);
        // A command of the script itself.
        expected.add("test");

        var inTheTable = new TreeSet<String>();
        for (var row : COMMANDS.section("Commands").rows()) {
            var words = row.getFirst().replaceAll("[`\\[\\]]", "").split(" ", -1);
            String two = words.length > 1 ? words[0] + " " + words[1] : words[0];
            String command = !two.contains("--") && expected.contains(two) ? two : words[0];
            inTheTable.add(command);
            for (var word : words) {
                if (word.startsWith("--")) {
                    inTheTable.add(command + " " + word);
                }
            }
        }
        assertThat(inTheTable).isEqualTo(expected);
    }

    /** Commands that only group others have no row. */
    private static void addCommands(CommandLine parent, String path, Set<String> all) {
        parent.getSubcommands().forEach((name, command) -> {
            if (name.equals("help")) {
                return;
            }
            var options = command.getCommandSpec().options().stream()
                    .map(option -> option.longestName())
                    .filter(option -> !List.of("--help", "--version").contains(option))
                    .filter(option -> !LISTED_BELOW.contains(option))
                    .toList();
            if (command.getSubcommands().isEmpty() || !options.isEmpty()) {
                all.add(path + name);
            }
            options.forEach(option -> all.add(path + name + " " + option));
            addCommands(command, path + name + " ", all);
        });
    }
}
