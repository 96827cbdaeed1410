package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.docs.Markdown.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code TryItTest} runs the commands of the English one. */
class ReadmeTest {

    private static final int MOST_LINES = 170;
    private static final Markdown ENGLISH = Markdown.read("README.md");
    private static final Markdown PORTUGUESE = Markdown.read("README.pt-BR.md");

    @Test
    void bothLanguagesHaveTheSameCommandsWithTheSameAnswers() {
        assertThat(commandsAndAnswers(PORTUGUESE)).isEqualTo(commandsAndAnswers(ENGLISH));
    }

    @Test
    void bothLanguagesHaveTheSameHeadings() {
        assertThat(levels(PORTUGUESE)).isEqualTo(levels(ENGLISH));
    }

    @Test
    void aReadmeIsShort() {
        assertThat(ENGLISH.text().lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(PORTUGUESE.text().lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    private static List<Block> commandsAndAnswers(Markdown readme) {
        return readme.blocks().stream()
                .filter(block -> !block.language().equals("mermaid"))
                .toList();
    }

    private static List<Integer> levels(Markdown readme) {
        return readme.headings().stream().map(heading -> heading.indexOf(' ')).toList();
    }
}
