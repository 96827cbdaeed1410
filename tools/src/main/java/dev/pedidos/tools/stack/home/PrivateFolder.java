package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders whose files only their owner can reach: messages and log lines are in them. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNERS_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /** Creates it if needed, and shuts one that is open to others. */
    public static Path make(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.getPosixFilePermissions(folder).equals(OWNERS_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNERS_ONLY);
        }
        return folder;
    }
}
