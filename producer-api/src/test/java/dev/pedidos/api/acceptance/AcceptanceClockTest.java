package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcceptanceClockTest {
    private final AtomicLong nanos = new AtomicLong(5_000_000);
    private final AcceptanceClock clock = new AcceptanceClock(nanos::get, () -> 1_000_000);

    @Test
    void until_the_database_was_seen_this_machines_clock_counts_and_goes_on() {
        assertThat(clock.next()).isEqualTo(1_000_000);
        nanos.addAndGet(3_000);
        assertThat(clock.next()).isEqualTo(1_000_003);
    }

    @Test
    void it_is_never_behind_the_database_however_long_the_answer_took() {
        long asked = nanos.get();
        nanos.addAndGet(2_000_000);
        clock.observe(9_000_000, asked);
        assertThat(clock.next())
                .as("the database may have looked at its clock at once")
                .isEqualTo(9_002_000);
    }

    @Test
    void a_slow_answer_just_before_the_database_is_away_does_not_put_it_ahead_of_another_apis_clock() {
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
    void a_clock_that_was_set_or_is_another_servers_is_followed() {
        clock.observe(9_000_000, nanos.get());
        nanos.addAndGet(1_000_000_000);
        clock.observe(29_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(29_000_000);
    }

    @Test
    void each_is_later_than_the_one_before_though_no_time_passes_or_the_database_steps_back() {
        clock.observe(9_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(9_000_000);
        assertThat(clock.next()).isEqualTo(9_000_001);
        clock.observe(8_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(9_000_002);
    }

    @Test
    void it_is_never_behind_a_place_that_was_given_before_the_databases_clock_was_set_back() {
        clock.observe(9_000_000, nanos.get());
        clock.given(9_000_500);
        clock.observe(5_000_000, nanos.get());
        assertThat(clock.next()).isEqualTo(9_000_501);
        clock.given(7_000_000);
        assertThat(clock.next()).isEqualTo(9_000_502);
    }

    @Test
    void it_tells_when_places_may_be_ahead_of_the_databases_clock() {
        assertThat(clock.observe(9_000_000, nanos.get()))
                .as("the first reading")
                .isTrue();
        nanos.addAndGet(1_000_000_000);
        assertThat(clock.observe(10_000_000, nanos.get())).isFalse();
        nanos.addAndGet(1_000_000_000);
        assertThat(clock.observe(5_000_000, nanos.get())).as("set back").isTrue();
    }

    @Test
    void it_is_beyond_the_newest_place_that_another_api_gave_before_the_clock_was_set_back() {
        clock.observe(5_000_000, nanos.get());
        clock.observeNewestPlace(9_000_000);
        assertThat(clock.next()).isEqualTo(9_900_001);
    }

    @Test
    void places_behind_the_databases_clock_change_nothing() {
        clock.observe(5_000_000, nanos.get());
        clock.observeNewestPlace(4_999_999);
        assertThat(clock.next()).isEqualTo(5_000_000);
    }

    @Test
    void what_is_far_in_the_future_cannot_have_been_accepted() {
        clock.observe(9_000_000, nanos.get());
        assertThat(clock.hasPassed(9_500_000)).isTrue();
        assertThat(clock.hasPassed(9_000_000 + 3_700_000_000L)).isFalse();
    }
}
