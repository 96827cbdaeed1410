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
    void refuses_and_says_where(String what, String body, String message) {
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
    void refuses_what_is_not_plain_utf8(String what, String hex, String position) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> StrictJson.read(body))
                .as(what)
                .isInstanceOf(MalformedJson.class)
                .hasMessageContaining(position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void refuses_other_encodings_that_the_library_would_guess(String charset) {
        assertThatThrownBy(() -> StrictJson.read("{\"a\":1}".getBytes(Charset.forName(charset))))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void finds_bad_bytes_far_into_a_long_body() {
        byte[] body = ("\"" + "é".repeat(50_000) + "\"").getBytes(StandardCharsets.UTF_8);
        assertThat(StrictJson.read(body).stringValue()).hasSize(50_000);
        body[90_002] = 'x';
        assertThatThrownBy(() -> StrictJson.read(body)).hasMessageContaining("byte 90001: not UTF-8");
    }

    @Test
    void nests_32_deep_and_no_deeper() {
        assertThat(StrictJson.read(nested(32))).isNotNull();
        assertThatThrownBy(() -> StrictJson.read(nested(33))).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> StrictJson.read(nested(100_000))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void a_number_of_a_million_digits_is_out_of_every_range_and_not_malformed() {
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
    void never_quotes_the_content() {
        assertThatThrownBy(() -> StrictJson.read("{\"cpf\": segredo}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageNotContaining("segredo");
    }

    @Test
    void says_where_and_why_without_the_terms_of_the_library() {
        assertThatThrownBy(() -> StrictJson.read("{\"a\":1".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("line 1, column 7: Unexpected end-of-input: expected close marker for Object");
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }
}
