package dev.pedidos.tools.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "verify postgresql://app:pa/s3cret@db/x, 'Not understood: argument 2'",
        "verify --heder s3cret --url x, 'Not understood: argument 2, argument 3'",
        "verify --heder=s3cret, 'Not understood: argument 2'",
        "verfy s3cret, 'Did you mean: pedidos verify'",
    })
    void anArgumentThatIsNotUnderstoodIsNotRepeated(String line, String said) {
        var err = new StringWriter();
        var program = Main.commandLine().setErr(new PrintWriter(err, true));
        assertThat(Commands.execute(program, line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(said).doesNotContain("s3cret", "heder");
    }
}
