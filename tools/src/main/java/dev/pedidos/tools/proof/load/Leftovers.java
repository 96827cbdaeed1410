package dev.pedidos.tools.proof.load;

import dev.pedidos.tools.stack.home.PrivateFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of the lines that were not accepted, ready to be sent again. Created with the first such line, readable by
 * its owner only, under a free name.
 */
public final class Leftovers implements AutoCloseable {
    private static final String SUFFIX = ".not-accepted";

    private final List<Path> places;
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private @Nullable IOException failure;
    private long lines;

    /** @param places names without the ending; the first one that can be written is used */
    public Leftovers(List<Path> places) {
        this.places = places.stream().map(Leftovers::withSuffix).toList();
    }

    /** A failure does not end the sending: {@link #failure} returns it. */
    public void add(byte[] line) {
        lines++;
        if (failure != null) {
            return;
        }
        try {
            if (out == null) {
                out = open();
            }
            out.write(line);
            out.write('\n');
        } catch (IOException e) {
            failure = e;
        }
    }

    public long lines() {
        return lines;
    }

    /** Null if no line was written. */
    public @Nullable Path file() {
        return file;
    }

    /** Why the file does not have all lines; null if it has. */
    public @Nullable IOException failure() {
        return failure;
    }

    private OutputStream open() throws IOException {
        IOException last = new IOException("there is no place for a file");
        for (Path place : places) {
            try {
                Path made = create(place);
                file = made;
                return new BufferedOutputStream(Files.newOutputStream(made, StandardOpenOption.WRITE), 1 << 16);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Path create(Path place) throws IOException {
        for (int number = 1; ; number++) {
            Path name = number == 1 ? place : place.resolveSibling(place.getFileName() + "-" + number);
            try {
                return Files.createFile(name, PrivateFile.OWNERS_ONLY);
            } catch (FileAlreadyExistsException taken) {
                // Try the next number.
            }
        }
    }

    /** The leftovers of a file of leftovers keep its name. */
    private static Path withSuffix(Path place) {
        String name = place.getFileName().toString().replaceFirst("\\.not-accepted(-[0-9]+)?$", "");
        return place.resolveSibling(name + SUFFIX);
    }

    @Override
    public void close() {
        if (out == null) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }
}
