package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing at all              | ``               | the body is empty
            white space only            | `  `             | the body is empty
            an open object              | {"a":1           | line 1, column
            a trailing comma            | {"a":1,}         | line 1, column
            a value too much            | {"a":1} 2        | trailing content
            a bracket too much          | {"a":1}}         | line 1, column
            single quotes               | {'a':1}          | line 1, column
            a comment                   | {"a":1/**/}      | line 1, column
            a bare word                 | {"a":abc}        | Unrecognized token
            NaN                         | {"a":NaN}        | line 1, column
            Infinity                    | {"a":-Infinity}  | line 1, column
            a leading zero              | {"a":01}         | line 1, column
            a leading plus              | {"a":+1}         | line 1, column
            a bare point                | {"a":1.}         | line 1, column
            a hexadecimal number        | {"a":0x1}        | line 1, column
            a key twice                 | {"a":1,"a":1}    | duplicate key
            a key twice, once escaped   | {"a":1,"\\u0061":1} | duplicate key
            a key twice, deep inside    | {"x":[{"a":1,"a":2}]} | line 1, column 14: duplicate key
            half a pair in a key        | {"\\ud800":1}    | line 1, column
            an unknown escape           | {"a":"\\x"}      | line 1, column
            """)
    void refusesAndSaysWhere(String what, String body, String message) {
        assertThatThrownBy(() -> StrictJson.read(body.getBytes(StandardCharsets.UTF_8)))
                .as(what)
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "a byte order mark, efbbbf7b7d, byte 0",
        "a lone continuation byte, 7b22 80 223a317d, byte 2",
        "0xFF, ffff, byte 0",
        "an overlong slash, 22c0af22, byte 1",
        "an encoded surrogate, 22eda08022, byte 1",
        "a cut character at the end, 22e282, byte 1",
        "a raw zero byte, 2200 22, byte 1",
        "a raw control character, 22 01 22, line 1",
    })
    void refusesWhatIsNotPlainUtf8(String what, String hex, String position) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> StrictJson.read(body))
                .as(what)
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void refusesOtherEncodingsThatTheLibraryWouldGuess(String charset) {
        assertThatThrownBy(() -> StrictJson.read("{\"a\":1}".getBytes(Charset.forName(charset))))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void findsBadBytesFarIntoALongBody() {
        byte[] body = ("\"" + "é".repeat(50_000) + "\"").getBytes(StandardCharsets.UTF_8);
        assertThat(StrictJson.read(body).stringValue()).hasSize(50_000);
        body[90_002] = 'x';
        assertThatThrownBy(() -> StrictJson.read(body)).hasMessageContaining("byte 90001: not UTF-8");
    }

    @Test
    void nests32DeepAndNoDeeper() {
        assertThat(StrictJson.read(nested(32))).isNotNull();
        assertThatThrownBy(() -> StrictJson.read(nested(33))).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> StrictJson.read(nested(100_000))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void aNumberOfAMillionDigitsIsOutOfEveryRangeAndNotMalformed() {
        byte[] integer = "9".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        byte[] decimal = ("0." + "9".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(StrictJson.read(integer).decimalValue()).satisfies(StrictJsonTest::isOutOfRange);
        assertThat(StrictJson.read(decimal).decimalValue()).satisfies(StrictJsonTest::isOutOfRange);
    }

    private static void isOutOfRange(BigDecimal number) {
        assertThat(Limits.isStorable(number)).isFalse();
        assertThat(number.precision()).as("read, digit by digit").isEqualTo(1);
    }

    @Test
    void neverQuotesTheContent() {
        assertThatThrownBy(() -> StrictJson.read("{\"cpf\": segredo}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageNotContaining("segredo");
    }

    @Test
    void saysWhereAndWhyWithoutTheTermsOfTheLibrary() {
        assertThatThrownBy(() -> StrictJson.read("{\"a\":1".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("line 1, column 7: Unexpected end-of-input: expected close marker for Object");
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }
}
