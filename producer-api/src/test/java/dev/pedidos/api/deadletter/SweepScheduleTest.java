package dev.pedidos.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.deadletter.DlqSweep.Swept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepScheduleTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Swept NOTHING_FOUND = new Swept(0, 0, 0, 0);
    private static final Swept SUSPICIONS = new Swept(0, 0, 3, 0);
    private static final Swept REPUBLISHED = new Swept(0, 0, 0, 3);

    private final SweepSchedule schedule = new SweepSchedule(0);

    @Test
    void theFirstSweepComesAtOnceAndTheNextOneAfterTenMinutes() {
        assertThat(nextAfter(0)).isEqualTo(2);
        schedule.swept(2 * SECOND, Duration.ZERO, NOTHING_FOUND);

        assertThat(nextAfter(2)).isEqualTo(602);
    }

    @Test
    void sweepsFollowARedriveMoreAndMoreSlowly() {
        schedule.swept(0, Duration.ZERO, NOTHING_FOUND);
        schedule.hurryForOutdated();

        List<Long> times = new ArrayList<>();
        for (long second = 0; second < 2000; second++) {
            if (schedule.isDue(second * SECOND)) {
                times.add(second);
                schedule.swept(second * SECOND, Duration.ZERO, NOTHING_FOUND);
            }
        }
        assertThat(times).containsExactly(0L, 2L, 10L, 42L, 170L, 682L, 1282L, 1882L);
    }

    @Test
    void lettersThatAreMissedAreLookedForOnceMoreAndNotTooSoon() {
        schedule.swept(0, Duration.ZERO, SUSPICIONS);
        schedule.hurryForTaken();

        assertThat(nextAfter(0)).isEqualTo(8);
    }

    @Test
    void lettersThatWereTakenAreLookedForAtOnce() {
        schedule.swept(0, Duration.ZERO, NOTHING_FOUND);
        schedule.hurryForTaken();

        assertThat(schedule.isDue(0)).isTrue();
    }

    @Test
    void aSweepFollowsSoonAfterLettersWerePublishedAgain() {
        schedule.swept(0, Duration.ZERO, REPUBLISHED);

        assertThat(nextAfter(0)).isEqualTo(2);
    }

    @Test
    void itRestsTenTimesAsLongAsASweepTook() {
        schedule.swept(0, Duration.ofSeconds(3), NOTHING_FOUND);
        schedule.hurryForOutdated();

        assertThat(nextAfter(0)).isEqualTo(30);
    }

    private long nextAfter(long second) {
        long next = second;
        while (!schedule.isDue(next * SECOND)) {
            next++;
        }
        return next;
    }
}
