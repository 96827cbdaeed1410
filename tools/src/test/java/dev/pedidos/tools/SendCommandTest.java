package dev.pedidos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code send}: what it asks an API, and what it says. */
class SendCommandTest {
    @TempDir
    private Path folder;

    private CommandsUnderTest commands;

    @BeforeEach
    void open() throws IOException {
        commands = new CommandsUnderTest();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void aNamedPipeIsSent() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                Files.writeString(pipe, "{\"recebedor_id\":\"r\"}\n{\"recebedor_id\":\"q\"}\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(commands.run("send", pipe.toString())).as(commands.err()).isZero();

        writer.join();
        assertThat(commands.asked()).hasSize(2).allMatch(each -> each.startsWith("POST /ped/pedidos "));
    }

    @Test
    void aFileWithoutAPedidoIsAFailedStep() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.ndjson"), "\n \n");

        assertThat(commands.run("send", file.toString())).isEqualTo(1);
        assertThat(commands.err()).contains("holds no pedido");
    }

    @Test
    void whatWasNotAcceptedLiesInAFileThatCanBeSent() throws Exception {
        commands.answer("POST /ped/pedidos {\"faulty\"", 422, "{\"title\":\"t\"}");
        Path file = Files.writeString(folder.resolve("ação b.ndjson"), "{\"recebedor_id\":\"r\"}\n{\"faulty\":1}\n");

        assertThat(commands.run("send", file.toString())).isEqualTo(1);

        assertThat(folder.resolve("ação b.ndjson.not-accepted")).hasContent("{\"faulty\":1}");
        assertThat(commands.err()).contains("1 line was not accepted", "./pedidos send '" + folder);
        assertThat(commands.run(
                        "send", folder.resolve("ação b.ndjson.not-accepted").toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("ação b.ndjson.not-accepted-2")).hasContent("{\"faulty\":1}");
    }

    @Test
    void theLinesAfterOneThatIsTooLongAreSent() throws Exception {
        Path file = Files.writeString(
                folder.resolve("long.ndjson"),
                "{\"recebedor_id\":\"r\"}\n" + "x".repeat(2 << 20) + "\n{\"recebedor_id\":\"r\"}\n");

        assertThat(commands.run("send", file.toString())).isEqualTo(1);

        assertThat(commands.asked()).hasSize(2);
        assertThat(commands.err()).contains("line 2 is longer than", "neither sent nor kept");
    }
}
