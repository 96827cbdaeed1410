package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds a plugin jar from one source, compiled against the real classes. */
public final class Plugin {

    private static final String SERVICES = "META-INF/services/dev.pedidos.worker.handler.Handler";

    private Plugin() {}

    /** @param handler its class name */
    public static void pack(String handler, String source, Path folder) throws IOException {
        Path work = Files.createTempDirectory(folder, "work");
        Path file = work.resolve(handler.substring(handler.lastIndexOf('.') + 1) + ".java");
        Files.writeString(file, source);
        Path out = work.resolve("out");
        var messages = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        messages,
                        messages,
                        "--release",
                        "21",
                        "-Xlint:all,-path,-classfile",
                        "-Werror",
                        "-cp",
                        classPath(),
                        "-d",
                        out.toString(),
                        file.toString());
        assertThat(result).as("javac: %s", messages).isZero();
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(handler + ".jar")));
                Stream<Path> classes = Files.walk(out)) {
            classes.filter(Files::isRegularFile)
                    .forEach(each -> add(jar, out.relativize(each).toString(), each));
            jar.putNextEntry(new JarEntry(SERVICES));
            jar.write(handler.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String classPath() throws IOException {
        Path target = Path.of("..", "worker", "target");
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(Stream.of(target.resolve("worker.jar")), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void add(JarOutputStream jar, String name, Path file) {
        try {
            jar.putNextEntry(new JarEntry(name));
            Files.copy(file, jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
