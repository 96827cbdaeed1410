package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LawTest {

    @Test
    void everyFileIsALawThatIsChecked() throws Exception {
        Path folder = Path.of(Law.class.getResource("/laws/replay.sql").toURI()).getParent();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            Law.ALL.stream().map(Law::name).toList());
        }
    }

    @Test
    void everyLawSaysInItsFirstLineWhatItDemands() {
        assertThat(Law.ALL).allSatisfy(law -> assertThat(law.counted()).startsWith("-- "));
    }
}
