package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.tools.stack.home.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/** Passwords and ports of the servers under one folder: generated once, kept in files that only their owner can read. */
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
        PrivateFile.write(file, content.toString());
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
