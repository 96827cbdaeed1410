package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stop of a program, with a process of its own: its end is the end of the JVM. */
@Timeout(60)
class LifecycleTest {
    private static final Duration DEADLINE = Duration.ofMillis(200);
    private static final String BEGUN = "begun";

    /**
     * The part that stops first: "blocks" for ever, "throws" or "stops". The other one says that it was stopped. With "fails" the
     * program fails before a signal, with "fails during the notice" after it.
     */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            boolean fails = args[0].startsWith("fails");
            var deadline = args[0].equals("blocks") ? DEADLINE : Duration.ofMinutes(1);
            var lifecycle = new Lifecycle(deadline, fails ? Duration.ofMinutes(10) : Duration.ZERO);
            lifecycle.onStop("other", () -> System.out.println("the other part stops"));
            lifecycle.onStop("first", () -> {
                switch (args[0]) {
                    case "blocks" -> new CountDownLatch(1).await();
                    case "throws" -> throw new IOException("it cannot stop");
                    default -> System.out.println("the first part stops");
                }
            });
            lifecycle.stopOnSignal();
            System.out.println(BEGUN);
            if (fails) {
                while (args[0].endsWith("notice") && !lifecycle.isLeaving()) {
                    Thread.onSpinWait();
                }
                Lifecycle.endFailedProcess();
            }
            lifecycle.awaitStop();
        }
    }

    @ParameterizedTest
    @CsvSource({"fails, 1", "fails during the notice, 143"})
    void aProgramThatCannotGoOnStopsWithoutTheNotice(String how, int exitCode) throws Exception {
        assertEnds(how, how.endsWith("notice"), exitCode, true);
    }

    /** 143: SIGTERM. */
    @ParameterizedTest
    @CsvSource({"stops, 143, true", "throws, 143, true", "blocks, 1, false"})
    void aProgramEndsAtItsDeadlineIfAPartDoesNotStop(String part, int exitCode, boolean otherStops) throws Exception {
        assertEnds(part, true, exitCode, otherStops);
    }

    private static void assertEnds(String part, boolean byASignal, int exitCode, boolean otherStops) throws Exception {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        part)
                .redirectErrorStream(true)
                .start();
        try (var lines = program.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo(BEGUN);
            if (byASignal) {
                program.toHandle().destroy();
            }
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(program.exitValue()).isEqualTo(exitCode);
            assertThat(lines.lines().anyMatch("the other part stops"::equals)).isEqualTo(otherStops);
        } finally {
            program.destroyForcibly();
        }
    }
}
