package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallRateTest {

    private static final CallRate TEN_A_MINUTE = new CallRate(10, Duration.ofMinutes(1));

    @Test
    void ratesAreReadByDependency() {
        assertThat(CallRate.parse("cnpj=10/min,banco=5/s,erp=10000/h"))
                .isEqualTo(Map.of(
                        "cnpj",
                        TEN_A_MINUTE,
                        "banco",
                        new CallRate(5, Duration.ofSeconds(1)),
                        "erp",
                        new CallRate(10_000, Duration.ofHours(1))));
        assertThat(CallRate.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "5/s,       100/min, 5,  PT3S",
        "1/s,       10/min,  1,  PT6S",
        "3/s,       10/min,  3,  PT20S",
        "20/s,      1000/s,  20, PT1S",
        "600/h,     10/min,  10, PT1M",
        "7/s,       10000/h, 7,  PT2.522S",
        "10/min,    10/min,  10, PT1M",
    })
    void aRateThatKeepsToTwoHasTheCallsOfTheSmallerOneAndTheShortestWindow(
            String one, String other, int calls, Duration window) {
        assertThat(rate(one).and(rate(other))).isEqualTo(new CallRate(calls, window));
        assertThat(rate(other).and(rate(one))).isEqualTo(new CallRate(calls, window));
    }

    /** The calls come as close together as the rate of both allows. */
    @ParameterizedTest
    @CsvSource({"5/s, 100/min", "3/s, 10/min", "7/s, 10000/h", "9/min, 100/h"})
    void noWindowOfEitherHoldsMoreCallsThanItAllows(String one, String other) {
        var both = rate(one).and(rate(other));
        for (var rate : new CallRate[] {rate(one), rate(other)}) {
            long windows = Math.ceilDiv(rate.window().toMillis(), both.window().toMillis());
            assertThat(windows * both.calls()).isLessThanOrEqualTo(rate.calls());
        }
    }

    private static CallRate rate(String text) {
        return CallRate.parse("a=" + text).values().iterator().next();
    }

    @Test
    void whatIsNoRateIsRefused() {
        var valid = Settings.LIMITES.valid();
        for (String text : new String[] {
            "cnpj", "cnpj=10", "cnpj=0/s", "cnpj=10001/s", "cnpj=1/d", "=1/s", "a=1/s,", "a=1/s,a=10/min"
        }) {
            assertThat(valid.test(text)).as(text).isFalse();
        }
        assertThat(valid.test("cnpj=10/min,banco=5/s")).isTrue();
    }
}
