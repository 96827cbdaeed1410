package dev.pedidos.tools.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentConverterTest {

    @Test
    void aTimeInAnyZoneIsRead() {
        assertThat(new MomentConverter().convert("2026-11-26T11:00:00-03:00"))
                .isEqualTo(Instant.parse("2026-11-26T14:00:00Z"));
    }

    /** Java's own parser takes some of them; the API takes none. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "ontem", "2026-11-26", "2026-11-26T14:00Z", "2026-11-26T14:00:00", "1969-12-31T00:00:00Z"})
    void whatTheApiRefusesIsRefusedWithItsWords(String text) {
        assertThatThrownBy(() -> new MomentConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' must be a time of RFC 3339 from 1970 on, such as 2026-11-22T08:30:00Z");
    }
}
