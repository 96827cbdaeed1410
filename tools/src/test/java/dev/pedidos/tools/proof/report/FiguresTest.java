package dev.pedidos.tools.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void namesAndValuesStandInColumns() {
        var figures = new Figures()
                .count("sent", 10_312, "client's history")
                .rate("accepted per second", 1234.5, "client's history")
                .time("p50", Duration.ofNanos(12_345_678), "");

        assertThat(figures.toString()).isEqualTo("""
                sent                  10,312  client's history
                accepted per second  1,235/s  client's history
                p50                  12.3 ms
                """.indent(2));
    }
}
