package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    @Test
    void theStricterOfTwoRatesAllowsFewerCallsInTheLongRunAndThenFewerAtOnce() {
        assertThat(new CallRate(1, Duration.ofSeconds(1)).stricter(TEN_A_MINUTE))
                .isEqualTo(TEN_A_MINUTE);
        assertThat(TEN_A_MINUTE.stricter(new CallRate(600, Duration.ofHours(1))))
                .isEqualTo(TEN_A_MINUTE);
        assertThat(new CallRate(600, Duration.ofHours(1)).stricter(TEN_A_MINUTE))
                .isEqualTo(TEN_A_MINUTE);
        assertThat(CallRate.parse("cnpj=1/s,cnpj=10/min")).containsEntry("cnpj", TEN_A_MINUTE);
    }

    @Test
    void whatIsNoRateIsRefused() {
        var valid = Settings.LIMITES.valid();
        for (String text : new String[] {"cnpj", "cnpj=10", "cnpj=0/s", "cnpj=10001/s", "cnpj=1/d", "=1/s", "a=1/s,"}) {
            assertThat(valid.test(text)).as(text).isFalse();
        }
        assertThat(valid.test("cnpj=10/min,banco=5/s")).isTrue();
    }
}
