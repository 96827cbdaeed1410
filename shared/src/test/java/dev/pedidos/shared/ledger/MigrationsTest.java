package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern CREATED_TABLE = Pattern.compile("create table (?:if not exists )?(\\w+)");
    private static final Pattern INDEXED_TABLE =
            Pattern.compile("create (?:unique )?index (?!concurrently )[^;]*?\\bon (?:only )?(\\w+)");
    private static final Pattern STORED_COLUMN = Pattern.compile("alter table (\\w+)[^;]*\\)\\s*stored\\b");

    @Test
    void theNewestIsTheLastFile() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            assertThat(files.map(MigrationsTest::version).max(MigrationVersion::compareTo))
                    .hasValue(MigrationVersion.fromVersion(Migrations.NEWEST));
        }
    }

    /** Older ones did: docs/upgrade.md. */
    @Test
    void noneLocksATableForAsLongAsItTakesToReadIt() throws IOException {
        try (var files = Files.list(MIGRATIONS)) {
            for (Path file : files.filter(file -> version(file).isAtLeast("25")).toList()) {
                String statements =
                        Files.readString(file).replaceAll("(?m)--.*$", "").toLowerCase(Locale.ROOT);
                List<String> created = all(CREATED_TABLE, statements);
                assertThat(all(INDEXED_TABLE, statements))
                        .as("indexes of %s", file)
                        .allMatch(created::contains);
                assertThat(all(STORED_COLUMN, statements))
                        .as("stored columns of %s", file)
                        .allMatch(created::contains);
            }
        }
    }

    private static List<String> all(Pattern pattern, String statements) {
        return pattern.matcher(statements)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static MigrationVersion version(Path file) {
        String name = file.getFileName().toString();
        return MigrationVersion.fromVersion(name.substring(1, name.indexOf("__")));
    }
}
