package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiTablesTest {

    private static final Markdown API = Markdown.read("docs/api.md");
    private static final Path SOURCES = Markdown.REPOSITORY.resolve("producer-api/src/main");
    private static final Pattern ROUTE = Pattern.compile("Routes\\.(\\w+)\\(\\s*routes,\\s*\"([^\"]+)\"");
    private static final Pattern PATH = Pattern.compile("String PATH = \"([^\"]+)\"");
    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT|DELETE) (/[\\w/{}-]+)");
    private static final Pattern SLUG = Pattern.compile("new Problem\\(\\s*(?:\\d+|status),\\s*\"([a-z-]+)\"");

    @Test
    void everyRouteOfTheCodeIsDescribedAndNoOther() throws IOException {
        var described = new TreeSet<String>();
        for (String code : Markdown.codes(API.text())) {
            var request = REQUEST.matcher(code);
            if (request.lookingAt()) {
                described.add(route(request.group(1), request.group(2)));
            }
        }
        assertThat(described).isEqualTo(routes());
    }

    @Test
    void theGatewayIsToldOfEveryPathAndOfNoOther() throws IOException {
        var told = Markdown.read("docs/security.md").section("The gateway").rows().stream()
                .flatMap(row -> Markdown.codes(row.getFirst()).stream())
                .toList();
        assertThat(told)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(routes().stream()
                        .map(route -> route.replaceFirst("\\w+ (/[^/]+).*", "$1"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyProblemOfTheCodeIsDescribedAndNoOther() throws IOException {
        var slugs = new TreeSet<String>();
        SLUG.matcher(Files.readString(Sources.named("Problem"))).results().forEach(found -> slugs.add(found.group(1)));

        Set<String> described = new TreeSet<>();
        API.section("Errors")
                .rows()
                .forEach(row -> described.add(Markdown.codes(row.get(1)).getFirst()));
        assertThat(described).isEqualTo(slugs);
    }

    private static Set<String> routes() throws IOException {
        var routes = new TreeSet<String>();
        for (Path source : Sources.all()) {
            if (source.startsWith(SOURCES)) {
                ROUTE.matcher(withPath(Files.readString(source)))
                        .results()
                        .forEach(found -> routes.add(route(method(found.group(1)), found.group(2))));
            }
        }
        return routes;
    }

    /** The constant PATH of the file is written out. */
    private static String withPath(String source) {
        var constant = PATH.matcher(source);
        return constant.find()
                ? source.replace("routes, PATH + \"", "routes, \"" + constant.group(1))
                        .replace("routes, PATH", "routes, \"" + constant.group(1) + "\"")
                : source;
    }

    private static String route(String method, String path) {
        return method + " " + path.replaceAll("\\{\\w+}", "{}");
    }

    private static String method(String name) {
        return name.replace("WithQuery", "").toUpperCase(Locale.ROOT);
    }
}
