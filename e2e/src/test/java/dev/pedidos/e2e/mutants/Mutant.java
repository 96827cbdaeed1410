package dev.pedidos.e2e.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Our programs with changes in their text: sources are compiled against the real classes, statements are copied, and
 * both precede the jars on the class path. The programs do not know of it.
 */
final class Mutant {

    private static final Path REPOSITORY = Path.of("..");
    private static final String SOURCES = "/src/main/java/";
    private static final String RESOURCES = "/src/main/resources/";

    private final List<String> programs;
    private final Map<Path, String> changed = new LinkedHashMap<>();

    private Mutant(String... programs) {
        this.programs = List.of(programs);
    }

    /** The API is the real one. */
    static Mutant ofWorkers() {
        return new Mutant("worker");
    }

    /** The workers are the real ones. */
    static Mutant ofApi() {
        return new Mutant("producer-api");
    }

    static Mutant ofBoth() {
        return new Mutant("worker", "producer-api");
    }

    /**
     * @param file the name of a source or a statement of our programs, without its folder
     * @param original must occur exactly once: a mutant of changed code proves nothing
     */
    Mutant with(String file, String original, String replacement) throws IOException {
        var path = path(file);
        var text = changed.containsKey(path) ? changed.get(path) : Files.readString(path);
        assertThat(text.split(java.util.regex.Pattern.quote(original), -1))
                .as("parts of %s around what is to be changed: %s", file, original)
                .hasSize(2);
        changed.put(path, text.replace(original, replacement));
        return this;
    }

    private static Path path(String file) throws IOException {
        List<Path> found = new ArrayList<>();
        for (var module : List.of("shared", "producer-api", "worker")) {
            try (var files = Files.walk(REPOSITORY.resolve(module).resolve("src/main"))) {
                files.filter(path -> path.endsWith(file)).forEach(found::add);
            }
        }
        assertThat(found).as("files named %s", file).hasSize(1);
        return found.getFirst();
    }

    /** By program, the folder that precedes its jar on the class path. */
    Map<String, Path> build() throws IOException {
        var out = Files.createTempDirectory(Files.createDirectories(Path.of("target", "mutants")), "mutant");
        var sources = Files.createDirectory(out.resolve("sources"));
        List<String> toCompile = new ArrayList<>();
        for (var each : changed.entrySet()) {
            var name = each.getKey().toString();
            if (name.contains(RESOURCES)) {
                write(out.resolve(name.substring(name.indexOf(RESOURCES) + RESOURCES.length())), each.getValue());
            } else {
                var source = sources.resolve(name.substring(name.indexOf(SOURCES) + SOURCES.length()));
                write(source, each.getValue());
                toCompile.add(source.toString());
            }
        }
        if (!toCompile.isEmpty()) {
            compile(toCompile, out);
        }
        return programs.stream().collect(Collectors.toMap(program -> program, program -> out));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void compile(List<String> sources, Path out) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("--release", "21", "-nowarn", "-proc:none", "-cp", classPath(), "-d", out.toString());
            boolean done = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjects(sources.toArray(String[]::new)))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        }
    }

    private static String classPath() throws IOException {
        List<String> jars = new ArrayList<>();
        for (var module : List.of("worker", "producer-api")) {
            var target = REPOSITORY.resolve(module).resolve("target");
            jars.add(target.resolve(module + ".jar").toString());
            try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
                jars.addAll(libraries.map(Path::toString).toList());
            }
        }
        return jars.stream().collect(Collectors.joining(File.pathSeparator));
    }
}
