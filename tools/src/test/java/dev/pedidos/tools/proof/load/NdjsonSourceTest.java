package dev.pedidos.tools.proof.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class NdjsonSourceTest {

    @Test
    void linesKeepTheirNumbersAndEmptyOnesArePassedOver() throws Exception {
        try (var source = source("{\"a\":1}\n\n  \n{\"b\":2}", 10)) {
            assertThat(source.next())
                    .satisfies(first -> assertThat(first.line()).isEqualTo(1));
            assertThat(source.next())
                    .satisfies(second -> assertThat(second.line()).isEqualTo(4));
            assertThat(source.next()).isNull();
        }
    }

    @Test
    void aByteOrderMarkIsNotPartOfAPedido() throws Exception {
        try (var source = source("\uFEFF{}\n{}", 10)) {
            assertThat(source.next())
                    .satisfies(first -> assertThat(first.body()).isEqualTo("{}".getBytes(UTF_8)));
        }
    }

    @Test
    void aLineThatIsTooLongIsNamedAndTheNextOneKeepsItsNumber() throws Exception {
        try (var source = source("1\n" + "x".repeat(3 << 20) + "\n3\n", 10)) {
            source.next();
            assertThatThrownBy(source::next).isInstanceOf(LineTooLong.class).hasMessageContaining("line 2 is longer");
            assertThat(source.next())
                    .satisfies(third -> assertThat(third.line()).isEqualTo(3));
            assertThat(source.next()).isNull();
        }
    }

    @Test
    void noMoreThanAskedForAreGiven() throws Exception {
        try (var source = source("1\n2\n3\n", 2)) {
            source.next();
            source.next();
            assertThat(source.next()).isNull();
        }
    }

    @Test
    void bytesAreSentAsTheyStandInTheFile() throws Exception {
        byte[] bytes = {'"', (byte) 0xFF, (byte) 0xC3, (byte) 0xA7, '"'};
        try (var source = new NdjsonSource(new ByteArrayInputStream(bytes), 1)) {
            assertThat(source.next()).satisfies(line -> assertThat(line.body()).isEqualTo(bytes));
        }
    }

    private static NdjsonSource source(String text, long most) {
        return new NdjsonSource(new ByteArrayInputStream(text.getBytes(UTF_8)), most);
    }
}
