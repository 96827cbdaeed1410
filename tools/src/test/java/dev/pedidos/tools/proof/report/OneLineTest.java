package dev.pedidos.tools.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void aForeignTextIsOneLineOfBoundedLength() {
        assertThat(OneLine.of("<html>\n\t<b>\u001b[2Jno</b>\r\n")).isEqualTo("<html> <b> [2Jno</b>");
        assertThat(OneLine.of("a\u009b2Jb\u2028c\u202ed\u2066e")).isEqualTo("a 2Jb c d e");
        assertThat(OneLine.of("12345\n67890", 6)).isEqualTo("12345...");
    }
}
