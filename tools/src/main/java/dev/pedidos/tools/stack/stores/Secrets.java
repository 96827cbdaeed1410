package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
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

    String password(String name) throws IOException {
        if (!values.containsKey(name)) {
            put(name, random(PASSWORD_BYTES));
        }
        return values.getProperty(name);
    }

    /** 0 if none is remembered. */
    int port(String name) {
        return Digits.toInt(values.getProperty(name, "0"));
    }

    void put(String name, Object value) throws IOException {
        values.setProperty(name, value.toString());
        write(file, "");
        try (Writer writer = Files.newBufferedWriter(file)) {
            values.store(writer, null);
        }
    }

    /** Writes a file that nobody else can read at any moment. */
    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, content);
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
