package dev.pedidos.tools.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    @Test
    void theMiddleRoundCountsAndTheRangeIsShown() {
        var report = new BenchReport(Map.of("java", "25"));
        for (double rate : new double[] {1_500, 3_000, 2_000}) {
            var round = new RoundFigures();
            round.put("drain /s", rate);
            report.add(round);
        }

        assertThat(report.text()).containsPattern("drain /s +2,000 +1,500 +3,000");
        assertThat(report.json().path("medians").path("drain /s").asDouble()).isEqualTo(2_000);
        assertThat(report.json().path("rounds")).hasSize(3);
        assertThat(report.json().path("conditions").path("java").asString()).isEqualTo("25");
    }

    @Test
    void aFigureThatSomeRoundsLackIsThatOfTheOthers() {
        var report = new BenchReport(Map.of());
        report.add(new RoundFigures());
        var round = new RoundFigures();
        round.put("database alone (pgbench) /s", 5);
        report.add(round);

        assertThat(report.text()).containsPattern("pgbench\\) /s +5.0 +5.0 +5.0");
    }
}
