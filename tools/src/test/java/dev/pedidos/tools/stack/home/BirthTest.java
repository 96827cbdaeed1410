package dev.pedidos.tools.stack.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BirthTest {
    private static final ProcessHandle ME = ProcessHandle.current();
    private static final String STAT =
            " S 10 4242 4242 0 -1 4194560 99 0 0 0 1 2 3 4 20 0 31 0 %s 7000000 900 18446744073709551615\n";

    @TempDir
    private Path proc;

    @Test
    void aBirthIsTheStartInTicksAndTheBoot() throws Exception {
        boot("1b4e28ba-2fa1-11d2-883f-0016d3cca427");
        stat("(java)", "123456");

        assertThat(Birth.of(ME, proc)).isEqualTo("123456.1b4e28ba2fa111d2883f0016d3cca427");
    }

    @Test
    void aNameWithSpacesAndParenthesesIsSkipped() throws Exception {
        boot("b");
        stat("(x) S 1 (y z)", "77");

        assertThat(Birth.of(ME, proc)).isEqualTo("77.b");
    }

    @Test
    void aProcessThatIsGoneHasNoBirth() throws Exception {
        boot("b");

        assertThat(Birth.of(ME, proc)).isEmpty();
    }

    @Test
    void withoutProcABirthIsTheTimeOfTheStart() {
        long start = ME.info().startInstant().orElseThrow().toEpochMilli();

        assertThat(Birth.of(ME, proc)).isEqualTo(Long.toString(start));
    }

    @Test
    void aLivingProcessKeepsItsBirth() {
        assertThat(Birth.of(ME)).isEqualTo(Birth.of(ME)).matches("[0-9a-z.]+");
    }

    private void boot(String id) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(folder.resolve("boot_id"), id + "\n");
    }

    private void stat(String name, String start) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(ME.pid())));
        Files.writeString(folder.resolve("stat"), ME.pid() + " " + name + STAT.replace("%s", start));
    }
}
