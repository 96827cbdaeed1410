package dev.pedidos.tools.cli.send;

import dev.pedidos.shared.runtime.Terminal;
import dev.pedidos.tools.proof.load.NdjsonSource;
import dev.pedidos.tools.stack.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The input of `send`: a file, or something that can be read only once. */
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

    /** The number of pedidos, for a progress bar; -1 if counting would use them up. */
    default long count() throws IOException {
        return -1;
    }

    /** True if the rest of it can still be read after the sending has stopped. */
    default boolean isRegular() {
        return false;
    }

    default List<Path> placesForLeftovers(Home home) {
        Path name = Path.of("pedidos.ndjson");
        return List.of(name.toAbsolutePath(), home.dotPedidos().resolve(name));
    }

    /** Input that has a path. */
    sealed interface OfPath extends SendInput {
        Path path();

        @Override
        default NdjsonSource open() throws IOException {
            return NdjsonSource.of(path(), Long.MAX_VALUE);
        }

        @Override
        default String name() {
            return path().toString();
        }
    }

    /** A file that can be read twice. */
    record File(Path path) implements OfPath {
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

    /** {@code <(command)} in a shell, {@code /dev/stdin}, or a named pipe: it can be read once, so it is not counted. */
    record Pipe(Path path) implements OfPath {}

    /** The input that the shell connected. */
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
