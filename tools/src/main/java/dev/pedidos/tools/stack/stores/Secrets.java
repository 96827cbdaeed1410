package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** Passwords and ports of the servers under one home: generated once, kept in files that only their owner can read. */
final class Secrets {
    private static final int PASSWORD_BYTES = 16;

    private final Path file;
    private final Properties values = new Properties();

    Secrets(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            }
        }
    }

    synchronized String password(String name) throws IOException {
        if (!values.containsKey(name)) {
            put(name, random(PASSWORD_BYTES));
        }
        return values.getProperty(name);
    }

    /** 0 if none is remembered. */
    synchronized int port(String name) {
        return Digits.toInt(values.getProperty(name, "0"));
    }

    synchronized void put(String name, Object value) throws IOException {
        if (value.toString().equals(values.setProperty(name, value.toString()))) {
            return;
        }
        var content = new StringWriter();
        values.store(content, null);
        write(file, content.toString());
    }

    /** Writes a file that nobody else can read at any moment. If that fails half-way, the file is as it was. */
    static void write(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(
                folder,
                file.getFileName() + ".",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, content);
            try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
