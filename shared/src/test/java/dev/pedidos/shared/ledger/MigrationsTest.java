package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    @Test
    void theNewestIsTheLastFile() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .map(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__"))))
                            .max(MigrationVersion::compareTo))
                    .hasValue(MigrationVersion.fromVersion(Migrations.NEWEST));
        }
    }
}
