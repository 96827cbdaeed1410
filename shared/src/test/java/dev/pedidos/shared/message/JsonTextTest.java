package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "{\"a\" : 1, \"b\" : [1, 2]}    | {\"a\":1,\"b\":[1,2]}",
                "{\"a b\" : \"c : d, e\"}       | {\"a b\":\"c : d, e\"}",
                "{\"a\" : \"say \\\" x \\\" y\"} | {\"a\":\"say \\\" x \\\" y\"}",
                "{\"a\" : \"ends with \\\\\", \"b\" : 1} | {\"a\":\"ends with \\\\\",\"b\":1}",
            })
    void onlyWhiteSpaceBetweenTokensGoes(String spaced, String compact) {
        assertThat(JsonText.compact(spaced)).isEqualTo(compact);
    }
}
