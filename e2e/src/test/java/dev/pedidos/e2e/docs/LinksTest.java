package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Path DOCS = Markdown.REPOSITORY.resolve("docs");

    /** @param anchor empty where the link leads to a whole file */
    private record Link(Path from, Path to, String anchor) {}

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path document : Sources.documents()) {
            assertThat(linksOf(document))
                    .allSatisfy(link -> assertThat(link.to()).exists());
        }
    }

    @Test
    void everyLinkToAHeadingLeadsToAnExistingOne() throws IOException {
        for (Path document : Sources.documents()) {
            for (Link link : linksOf(document)) {
                if (!link.anchor().isEmpty()) {
                    assertThat(anchorsOf(link.to())).as("%s", link).contains(link.anchor());
                }
            }
        }
    }

    @Test
    void theIndexLeadsToEveryGuide() throws IOException {
        assertThat(targetsOf(DOCS.resolve("README.md"))).containsAll(documentsIn(DOCS));
    }

    @Test
    void theIndexOfTheDecisionsLeadsToEachOfThem() throws IOException {
        Path decisions = DOCS.resolve("decisions");
        assertThat(targetsOf(decisions.resolve("README.md"))).containsAll(documentsIn(decisions));
    }

    private static List<Path> documentsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
                    .toList();
        }
    }

    private static List<Path> targetsOf(Path document) throws IOException {
        return linksOf(document).stream().map(Link::to).toList();
    }

    private static List<Link> linksOf(Path document) throws IOException {
        return LINK.matcher(Files.readString(document))
                .results()
                .map(link -> new Link(
                        document,
                        link.group(1).isEmpty()
                                ? document
                                : document.resolveSibling(link.group(1)).normalize(),
                        link.group(2) == null ? "" : link.group(2)))
                .toList();
    }

    /** As GitHub makes them; of equal ones it counts the later. */
    private static List<String> anchorsOf(Path document) throws IOException {
        List<String> anchors = new ArrayList<>();
        for (String heading : new Markdown(Files.readString(document)).headings()) {
            String anchor = heading.replaceFirst("#+ ", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            long before = anchors.stream()
                    .filter(other -> other.matches(Pattern.quote(anchor) + "(-\\d+)?"))
                    .count();
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
