package dev.pedidos.e2e.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's programs as the servers of the whole run have unpacked them: each time costs three seconds of a processor. */
final class UnpackedPostgres {

    private UnpackedPostgres() {}

    /** A server that is started in this home finds them there. Nothing happens if the run has servers of another kind. */
    static void linkInto(Path home) throws IOException {
        Path unpacked = TestStores.postgres();
        if (!Files.exists(unpacked)) {
            return;
        }
        Path folder = Files.createDirectories(home.resolve(unpacked.getFileName()));
        try (var programs = Files.newDirectoryStream(unpacked, "programs-*")) {
            for (Path each : programs) {
                Path link = folder.resolve(each.getFileName());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, each);
                }
            }
        }
    }
}
