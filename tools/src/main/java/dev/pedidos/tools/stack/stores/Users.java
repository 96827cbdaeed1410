package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.Birth;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.OurProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes that use the servers under a folder: one file for each, named by its pid and its birth, so that neither
 * a killed process nor another one with its pid is counted. The programs of a killed process count too. The last one to leave
 * stops the servers.
 */
record Users(ServerFiles files) {
    Path folder() {
        return Home.runFolder(files.folder()).resolve("stores.users");
    }

    Path enter() throws IOException {
        Files.createDirectories(folder());
        ProcessHandle me = ProcessHandle.current();
        return Files.createFile(
                folder().resolve(RootLocale.format("%d-%s-%s", me.pid(), Birth.of(me), Secrets.random(4))));
    }

    void leave(Path user) throws IOException {
        Files.deleteIfExists(user);
    }

    boolean anybody() throws IOException {
        boolean anybody = OurProcess.anyProgramLives(files.folder());
        if (!Files.isDirectory(folder())) {
            return anybody;
        }
        try (Stream<Path> users = Files.list(folder())) {
            for (Path user : users.toList()) {
                if (lives(user.getFileName().toString())) {
                    anybody = true;
                } else {
                    Files.deleteIfExists(user);
                }
            }
        }
        return anybody;
    }

    private static boolean lives(String user) {
        String[] parts = user.split("-", 3);
        Optional<ProcessHandle> process = ProcessHandle.of(Digits.toLong(parts[0]));
        return process.isPresent()
                && process.get().isAlive()
                && Birth.of(process.get()).equals(parts[1]);
    }
}
