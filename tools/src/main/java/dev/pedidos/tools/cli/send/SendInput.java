package dev.pedidos.tools.cli.send;

import dev.pedidos.tools.proof.load.NdjsonSource;
import dev.pedidos.tools.proof.report.Terminal;
import dev.pedidos.tools.stack.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Where `send` reads: a file, or something that can be read only once. */
sealed interface SendInput {

    /** @throws ParameterException it cannot be read */
    static SendInput of(CommandSpec spec, String name) {
        if (name.equals("-")) {
            return new StandardInput();
        }
        Path path = path(spec, name);
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            String why = Files.isDirectory(path)
                    ? "it is a folder"
                    : Files.exists(path) ? "permission denied" : "there is no such file";
            throw new ParameterException(spec.commandLine(), "FILE cannot be read: " + name + ": " + why);
        }
        return Files.isRegularFile(path) ? new File(path) : new Pipe(path);
    }

    private static Path path(CommandSpec spec, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "FILE has a name that cannot be written in this locale (" + System.getProperty("sun.jnu.encoding")
                            + "): set LC_ALL=C.UTF-8",
                    e);
        }
    }

    NdjsonSource open() throws IOException;

    String name();

    /** How many pedidos there are, for a progress bar; less than 0: there is no telling without taking them. */
    default long count() throws IOException {
        return -1;
    }

    /** What is left in it can be read after all has stopped. */
    default boolean isRegular() {
        return false;
    }

    default List<Path> placesForLeftovers(Home home) {
        Path name = Path.of("pedidos.ndjson");
        return List.of(name.toAbsolutePath(), home.dotPedidos().resolve(name));
    }

    /** A file that can be read twice. */
    record File(Path path) implements SendInput {
        @Override
        public NdjsonSource open() throws IOException {
            return NdjsonSource.of(path, Long.MAX_VALUE);
        }

        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public long count() throws IOException {
            return Terminal.onStderr() ? NdjsonSource.count(path) : -1;
        }

        @Override
        public boolean isRegular() {
            return true;
        }

        @Override
        public List<Path> placesForLeftovers(Home home) {
            Path name = path.getFileName();
            return List.of(path, name.toAbsolutePath(), home.dotPedidos().resolve(name.toString()));
        }
    }

    /** What a shell gives for {@code <(command)}, {@code /dev/stdin}, a named pipe: counting would empty it. */
    record Pipe(Path path) implements SendInput {
        @Override
        public NdjsonSource open() throws IOException {
            return NdjsonSource.of(path, Long.MAX_VALUE);
        }

        @Override
        public String name() {
            return path.toString();
        }
    }

    /** What the shell connected. */
    record StandardInput() implements SendInput {
        @Override
        public NdjsonSource open() {
            return new NdjsonSource(System.in, Long.MAX_VALUE);
        }

        @Override
        public String name() {
            return "standard input";
        }
    }
}
