package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void aPasswordStaysWhatItIsAndOnlyItsOwnerCanReadIt() throws Exception {
        Path file = folder.resolve("secrets.properties");
        var secrets = new Secrets(file);
        String password = secrets.password("admin");
        secrets.put("port", 5544);

        var again = new Secrets(file);
        assertThat(again.password("admin")).isEqualTo(password);
        assertThat(again.port("port")).isEqualTo(5544);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing half-written is left").containsExactly(file);
        }
    }

    @Test
    void aValueThatIsKnownIsNotWrittenAgain() throws Exception {
        Path file = folder.resolve("secrets.properties");
        var secrets = new Secrets(file);
        secrets.put("port", 5544);
        Files.delete(file);
        secrets.put("port", 5544);

        assertThat(file).doesNotExist();
    }

    @Test
    void brokerAndDatabaseMayAskAtTheSameTime() throws Exception {
        var secrets = new Secrets(folder.resolve("secrets.properties"));
        Set<String> passwords = ConcurrentHashMap.newKeySet();
        var threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    try {
                        passwords.add(secrets.password("home"));
                    } catch (Exception e) {
                        passwords.add(e.toString());
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(passwords).singleElement().isEqualTo(secrets.password("home"));
    }
}
