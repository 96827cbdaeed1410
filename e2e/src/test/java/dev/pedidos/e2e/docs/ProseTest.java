package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Turns of phrase that readers had to read twice. */
class ProseTest {

    private static final List<Pattern> READ_TWICE = List.of(
            Pattern.compile("\\banew\\b"), // again
            Pattern.compile("\\b(is|are|was|were|goes|stays) away\\b"), // is down, cannot be reached
            Pattern.compile("\\bcomes? again\\b"), // is redelivered
            Pattern.compile("\\bto be had\\b|\\bforesaw\\b|\\bun-?noted\\b"),
            Pattern.compile("(?m)(^|[.;:] |\\| |- )(Who|who) \\w+ (?!.*\\?)"), // the worker that ...
            Pattern.compile("(?m)(^|[.;:] |\\| |- )What \\w+ (?!.*\\?)")); // the messages that ...

    /** A block of Javadoc, or lines of a comment in SQL. */
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*.*?\\*/|(?:^|\n)-- .*?(?=\n(?!-- )|$)");

    @Test
    void theDocumentsSayItPlainly() throws IOException {
        for (Path document : Sources.documents()) {
            // Headings of columns, and the names of the code, are not sentences.
            sayItPlainly(
                    document,
                    Files.readString(document)
                            .replaceAll("(?ms)^```.*?^```$", "")
                            .replaceAll("`[^`]*`", ""));
        }
    }

    @Test
    void theCommentsSayItPlainly() throws IOException {
        for (Path source : Sources.ofPrograms()) {
            String prose = COMMENT.matcher(Files.readString(source))
                    .results()
                    .map(found -> found.group()
                            .replaceAll("(?m)^ *(/\\*\\*|\\*/|\\*|--) ?", "")
                            .replaceAll("\\R", " "))
                    .collect(Collectors.joining("\n"));
            sayItPlainly(source, prose.replaceAll("`[^`]*`|\\{@\\w+ [^}]*}|(?<=@param )unnoted|\\(unnoted\\)", ""));
        }
    }

    private static void sayItPlainly(Path source, String prose) {
        for (Pattern phrase : READ_TWICE) {
            assertThat(phrase.matcher(prose).results().map(found -> found.group()))
                    .as("%s, %s", source, phrase)
                    .isEmpty();
        }
    }
}
