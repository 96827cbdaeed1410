package dev.pedidos.tools.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CommandsTest {
    private static final OutputStream FULL_DISK = new OutputStream() {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("No space left on device");
        }
    };

    /** {@code definitions > file}: another program imports that file. */
    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        var err = new StringWriter();
        var program = Main.commandLine().setErr(new PrintWriter(err, true)).setOut(new PrintWriter(FULL_DISK, true));
        assertThat(Commands.execute(program, "definitions")).isEqualTo(1);
        assertThat(err.toString()).contains("not all output could be written").doesNotContain("\tat ");
    }
}
