package dev.pedidos.tools.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void aForeignTextIsOneLineOfBoundedLength() {
        assertThat(OneLine.of("<html>\n\t<b>\u001b[2Jno</b>\r\n")).isEqualTo("<html> <b> [2Jno</b>");
        assertThat(OneLine.of("12345\n67890", 6)).isEqualTo("12345...");
    }
}
