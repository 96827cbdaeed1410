package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcceptanceClockTest {
    private final AtomicLong nanos = new AtomicLong(5_000_000);
    private final AcceptanceClock clock = new AcceptanceClock(nanos::get, () -> 1_000_000);

    @Test
    void untilTheDatabaseWasSeenThisMachinesClockCountsAndGoesOn() {
        assertThat(clock.next()).isEqualTo(1_000_000);
        nanos.addAndGet(3_000);
        assertThat(clock.next()).isEqualTo(1_000_003);
    }

    @Test
    void itIsNeverBehindTheDatabaseHoweverLongTheAnswerTook() {
        long asked = nanos.get();
        nanos.addAndGet(2_000_000);
        clock.observe(9_000_000, asked);
        assertThat(clock.next())
                .as("the database may have looked at its clock at once")
                .isEqualTo(9_002_000);
    }

    @Test
    void aSlowAnswerJustBeforeTheDatabaseIsAwayDoesNotPutItAheadOfAnotherApisClock() {
        AcceptanceClock other = new AcceptanceClock(nanos::get, () -> 1_000_000);
        clock.observe(9_000_000, nanos.get());
        other.observe(9_000_000, nanos.get());
        long asked = nanos.get();
        nanos.addAndGet(50_000_000);
        clock.observe(9_050_000, asked);
        long first = clock.next();
        nanos.addAndGet(23_000_000);
        assertThat(other.next())
                .as("sent to the other API 23 ms after the first was answered")
                .isGreaterThan(first);
    }

    @Test
    void aClockThatWasSetOrIsAnotherServersIsFollowed() {
        clock.observe(9_000_000, nanos.get());
        nanos.addAndGet(1_000_000_000);
        clock.observe(29_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(29_000_000);
    }

    @Test
    void eachIsLaterThanTheOneBeforeThoughNoTimePassesOrTheDatabaseStepsBack() {
        clock.observe(9_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(9_000_000);
        assertThat(clock.next()).isEqualTo(9_000_001);
        clock.observe(8_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(9_000_002);
    }

    @Test
    void itIsNeverBehindAPlaceThatWasGivenBeforeTheDatabasesClockWasSetBack() {
        clock.observe(9_000_000, nanos.get());
        clock.given(9_000_500);
        clock.observe(5_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(9_000_501);
        clock.given(7_000_000);
        assertThat(clock.next()).isEqualTo(9_000_502);
    }

    @Test
    void itTellsWhenPlacesMayBeAheadOfTheDatabasesClock() {
        assertThat(clock.observe(9_000_000, nanos.get()))
                .as("the first reading")
                .isTrue();
        nanos.addAndGet(1_000_000_000);
        assertThat(clock.observe(10_000_000, nanos.get())).isFalse();
        nanos.addAndGet(1_000_000_000);
        assertThat(clock.observe(5_000_000, nanos.get())).as("set back").isTrue();
    }

    @Test
    void itIsBeyondTheNewestPlaceThatAnotherApiGaveBeforeTheClockWasSetBack() {
        clock.observe(5_000_000, nanos.get());
        clock.observeNewestPlace(9_000_000);
        assertThat(clock.next()).isEqualTo(9_900_001);
    }

    @Test
    void placesBehindTheDatabasesClockChangeNothing() {
        clock.observe(5_000_000, nanos.get());
        clock.observeNewestPlace(4_999_999);
        assertThat(clock.next()).isEqualTo(5_000_000);
    }

    @Test
    void whatIsFarInTheFutureCannotHaveBeenAccepted() {
        clock.observe(9_000_000, nanos.get());
        assertThat(clock.hasPassed(9_500_000)).isTrue();
        assertThat(clock.hasPassed(9_000_000 + 3_700_000_000L)).isFalse();
    }
}
