package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The checkout that we run from: the programs' jars, and {@code .pedidos} with the files of running and earlier
 * systems.
 *
 * @param repository absolute
 * @param dotPedidos the folder of those files
 */
public record Home(Path repository, Path dotPedidos) {

    public Home(Path repository) {
        this(repository, repository.resolve(".pedidos"));
    }

    /** The home of a torture run: the same programs, but files of its own, so that the user's own system may run too. */
    public Home ofTorture() {
        return new Home(repository, dotPedidos.resolve("torture"));
    }

    /** Names the checkout if it cannot be found from our own jar. */
    public static final String PROPERTY = "pedidos.repository";

    /** @throws IOException neither the property nor the place of our own jar leads to a checkout */
    public static Home find() throws IOException {
        String given = System.getProperty(PROPERTY);
        Path start = given == null ? ownJar() : Path.of(given).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("producer-api")) && Files.isDirectory(folder.resolve("tools"))) {
                return new Home(folder);
            }
        }
        throw new IOException(
                "no checkout of Pedidos above " + start + ", so the programs cannot be found. Run ./pedidos"
                        + " from the checkout, or name it with -D" + PROPERTY + "=FOLDER");
    }

    private static Path ownJar() {
        var source = Home.class.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString()));
    }

    /** The folder of pid files, locks and addresses. */
    public static Path runFolder(Path dotPedidos) {
        return dotPedidos.resolve("run");
    }

    public static Path logFolder(Path dotPedidos) {
        return dotPedidos.resolve("log");
    }

    Path runFolder() {
        return runFolder(dotPedidos);
    }

    public Path logFolder() {
        return logFolder(dotPedidos);
    }

    /** The log of a program. */
    public Path log(String program) {
        return logFolder().resolve(program + ".log");
    }

    /** The file with the addresses of the running system. */
    public Path env() {
        return runFolder().resolve("env");
    }

    /** @throws IOException the program has not been built */
    public Path jar(String module) throws IOException {
        Path jar = repository.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing, so " + module + " cannot be started. Build it with: mvn package");
        }
        return jar;
    }

    /** The file with the name of the database that was used last, so that `verify` finds it when nothing runs. */
    public Path lastDatabase() {
        return lastDatabase(dotPedidos);
    }

    public static Path lastDatabase(Path dotPedidos) {
        return dotPedidos.resolve("last-database");
    }
}
