package dev.pedidos.tools.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        var table = new Table("id", "motivo");
        table.add("a-long-one", "x");
        assertThat(table).hasToString("  id          motivo\n  a-long-one  x\n");
    }

    @Test
    @Timeout(10)
    void aHundredThousandRowsTakeMoments() {
        var table = new Table("id", "motivo");
        for (int i = 0; i < 100_000; i++) {
            table.add("p-" + i, "x");
        }
        assertThat(table.toString()).hasLineCount(100_001);
    }
}
