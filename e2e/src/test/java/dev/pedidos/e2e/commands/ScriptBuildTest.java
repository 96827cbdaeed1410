package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.Bash;
import dev.pedidos.e2e.system.PedidosCommand.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the script {@code pedidos} builds. A script stands for Maven: it notes its pid, waits for a sign, and puts the jars there. */
class ScriptBuildTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo $$ >>builds
            until [ -e go ]; do sleep 0.1; done
            for part in tools producer-api worker; do
                mkdir -p $part/target
                cp "$REPOSITORY/$part/target/$part.jar" $part/target/
                ln -sfn "$REPOSITORY/$part/target/lib" $part/target/lib
            done
            [ ! -e edit ] || { rm edit; touch tools/src/main/Edited.java; }
            """;

    private static final String BUILDS = "Building Pedidos (the first time takes a minute or two) ...";
    private static final String NOTHING_RUNS = "nothing runs here; start it with ./pedidos up";

    @TempDir
    private Path checkout;

    @BeforeEach
    void copy() throws IOException {
        Files.copy(REPOSITORY.resolve("pedidos"), checkout.resolve("pedidos"));
        Files.createDirectories(checkout.resolve("tools/src/main"));
        Files.createDirectories(checkout.resolve("deploy"));
        Files.copy(REPOSITORY.resolve("deploy/train"), checkout.resolve("deploy/train"));
        Path maven = Files.createDirectories(checkout.resolve("bin")).resolve("mvn");
        Files.writeString(maven, MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aSourceThatIsEditedDuringTheBuildIsBuiltByTheNextCommand() throws Exception {
        var ended = run("""
                touch go edit
                for command in 1 2 3; do bash ./pedidos status 2>/dev/null; wc -l <builds; done
                """);

        assertThat(ended.output().lines().map(String::strip))
                .containsExactly(NOTHING_RUNS, "1", NOTHING_RUNS, "2", NOTHING_RUNS, "2");
    }

    /** No pid file names it: somebody started it by hand. */
    @Test
    void jarsThatAProgramRunsAreNotOverwritten() throws Exception {
        var ended = run("""
                touch go
                bash ./pedidos status 2>/dev/null
                (exec -a "java -jar $(pwd -P)/worker/target/worker.jar" tail -f /dev/null) >/dev/null &
                until ps -p $! -o args= | grep -q '^java'; do sleep 0.1; done
                touch tools/src/main/Edited.java
                bash ./pedidos status 2>&1
                kill $!
                wait $! 2>/dev/null
                bash ./pedidos status 2>/dev/null
                wc -l <builds
                """);

        assertThat(ended.output()).contains("a program runs with the old build");
        assertThat(ended.output().lines().map(String::strip))
                .filteredOn(line -> !line.startsWith("pedidos:"))
                .containsExactly(NOTHING_RUNS, NOTHING_RUNS, NOTHING_RUNS, "2");
    }

    /** Its arguments do not name the checkout. Linux says which files it has open. */
    @Test
    void aJarThatWasOpenedByARelativePathIsNotOverwritten() throws Exception {
        assumeThat(Path.of("/proc/self/fd")).exists();
        var ended = run("""
                touch go
                bash ./pedidos status 2>/dev/null
                tail -f worker/target/worker.jar >/dev/null &
                until find /proc/$!/fd -lname '*/worker.jar' 2>/dev/null | grep -q .; do sleep 0.1; done
                touch tools/src/main/Edited.java
                bash ./pedidos status 2>&1 | sed "s/(pid $!)/(its pid)/"
                kill $!
                wait $! 2>/dev/null
                bash ./pedidos status 2>/dev/null
                wc -l <builds
                """);

        assertThat(ended.output()).contains("a program runs with the old build (its pid)");
        assertThat(ended.output().lines().map(String::strip))
                .filteredOn(line -> !line.startsWith("pedidos:"))
                .containsExactly(NOTHING_RUNS, NOTHING_RUNS, NOTHING_RUNS, "2");
    }

    @Test
    void theCachesOfClassesAreNewerThanTheJars() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        var ended = new Bash(checkout, Map.of("REPOSITORY", REPOSITORY.toString())).run("""
                touch go
                PATH=$PWD/bin:$PATH bash ./pedidos status
                for part in tools producer-api worker; do
                    [ $part/target/$part.aot -nt $part/target/$part.jar ] || echo no cache of $part
                done
                """);

        assertThat(ended.output()).contains(NOTHING_RUNS).doesNotContain("no cache of");
    }

    @Test
    void theSecondOfTwoCommandsWaitsForTheBuildOfTheFirst() throws Exception {
        var ended = run("""
                bash ./pedidos status >first 2>&1 &
                until [ -s builds ]; do sleep 0.1; done
                bash ./pedidos status >second 2>&1 &
                until [ -s second ]; do sleep 0.1; done
                touch go
                wait
                cat first second
                wc -l <builds
                """);

        assertThat(ended.output().lines().map(String::strip))
                .containsExactly(BUILDS, NOTHING_RUNS, waits(), NOTHING_RUNS, "1");
    }

    /** The Maven of a killed script goes on, and the next command waits for it. */
    @Test
    void aKilledBuildIsInNobodysWay() throws Exception {
        var ended = run("""
                bash ./pedidos status &
                until [ -s builds ]; do sleep 0.1; done
                kill -9 $!
                bash ./pedidos status >second 2>&1 &
                until [ -s second ]; do sleep 0.1; done
                kill -9 $(cat builds)
                touch go
                wait
                cat second
                wc -l <builds
                """);

        assertThat(ended.output().lines().map(String::strip)).containsSubsequence(waits(), BUILDS, NOTHING_RUNS, "2");
    }

    private String waits() throws IOException {
        return "pedidos: another command builds Pedidos in " + checkout.toRealPath() + ". This one waits for it.";
    }

    /** With a JDK that seems too old for caches of classes, which cost seconds. */
    private Ended run(String script) throws IOException, InterruptedException {
        Path jdk = checkout.resolve("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"24\"\n");
        for (String tool : List.of("java", "javac")) {
            Files.createSymbolicLink(
                    jdk.resolve("bin").resolve(tool), Path.of(System.getProperty("java.home"), "bin", tool));
        }
        var variables = Map.of("REPOSITORY", REPOSITORY.toString(), "JAVA_HOME", jdk.toString());
        return new Bash(checkout, variables).run("PATH=$PWD/bin:$PATH\n" + script);
    }
}
