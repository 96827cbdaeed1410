package dev.pedidos.tools.proof.torture.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration LOAD = Duration.ofMinutes(10);

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(Schedule.of(7, Faults.ALL, LOAD)).isEqualTo(Schedule.of(7, Faults.ALL, LOAD));
        assertThat(Schedule.of(7, Faults.ALL, LOAD)).isNotEqualTo(Schedule.of(8, Faults.ALL, LOAD));
    }

    @Test
    void everyFaultComesOnceBeforeAnyComesAgain() {
        List<String> names = Schedule.of(1, Faults.ALL, LOAD).stream()
                .map(planned -> planned.fault().name())
                .toList();

        assertThat(names.size()).isGreaterThan(Faults.ALL.size());
        assertThat(new HashSet<>(names.subList(0, Faults.ALL.size()))).hasSize(Faults.ALL.size());
    }

    @Test
    void twoThatBreakTheSameDoNotRunAtOnce() {
        var schedule = Schedule.of(5, Faults.ALL, LOAD);
        for (Target target : Target.values()) {
            var ofIt = schedule.stream()
                    .filter(planned -> planned.fault().targets().contains(target))
                    .toList();
            for (int i = 1; i < ofIt.size(); i++) {
                var before = ofIt.get(i - 1);
                assertThat(ofIt.get(i).at()).isGreaterThanOrEqualTo(before.at().plus(before.length()));
            }
        }
    }

    @Test
    void nothingComesAfterTheLoadAndNothingLastsLongerThanItMay() {
        assertThat(Schedule.of(3, Faults.ALL, LOAD)).allSatisfy(planned -> {
            assertThat(planned.at()).isLessThan(LOAD);
            assertThat(planned.length())
                    .isBetween(planned.fault().shortest(), planned.fault().longest());
        });
    }
}
