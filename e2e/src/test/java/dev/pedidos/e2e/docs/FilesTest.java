package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FilesTest {

    private static final Pattern FILE = Pattern.compile("[\\w./-]+\\.(java|sql|xml|md)");
    private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*[a-z]\\w*(\\.\\w+(\\(\\))?)*");
    /** Headers of HTTP, the JDK's, and the error class of a pedido that ended its worker. */
    private static final Set<String> NOT_OURS =
            Set.of("Date", "Host", "Origin", "Allow", "Location", "Error", "NaN", "WorkerDerrubado");

    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w+Test");

    @Test
    void everyFileThatIsNamedExists() throws IOException {
        var sources = Sources.all();
        for (Path document : Sources.documents()) {
            for (String code : Markdown.codes(Files.readString(document))) {
                if (FILE.matcher(code).matches()) {
                    assertThat(sources).as("%s names %s", document, code).anyMatch(source -> source.endsWith(code));
                }
            }
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        var sources = Sources.all();
        for (Path document : Sources.documents()) {
            for (String code : Markdown.codes(Files.readString(document))) {
                if (CLASS.matcher(code).matches()) {
                    assertThat(sources)
                            .as("%s names %s", document, code)
                            .anyMatch(source -> source.endsWith(code + ".java"));
                }
            }
        }
    }

    @Test
    void everyClassThatIsNamedExists() throws IOException {
        var classes = Sources.classes();
        for (Path document : Sources.documents()) {
            for (String code : Markdown.codes(Files.readString(document))) {
                String name = code.replaceFirst("\\..*", "");
                if (TYPE.matcher(code).matches() && !NOT_OURS.contains(name)) {
                    assertThat(classes).as("%s names %s", document, code).contains(name);
                }
            }
        }
    }

    @Test
    void theWayOfAPedidoIsTenFiles() {
        assertThat(Markdown.read("docs/architecture.md")
                        .section("The way of one pedido")
                        .rows())
                .hasSize(10);
    }
}
