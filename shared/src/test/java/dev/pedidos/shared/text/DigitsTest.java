package dev.pedidos.shared.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {

    @Test
    void wholeNumbersAreRead() {
        assertThat(Digits.toInt("8080")).isEqualTo(8080);
        assertThat(Digits.toLong("-1")).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+8080", " 8080", "8080 ", "٨٠", "1e3", "2147483648"})
    void anyOtherTextIsRefused(String text) {
        assertThatThrownBy(() -> Digits.toInt(text)).isInstanceOf(NumberFormatException.class);
    }
}
