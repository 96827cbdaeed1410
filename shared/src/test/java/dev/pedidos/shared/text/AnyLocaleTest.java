package dev.pedidos.shared.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.FleetConfig;
import dev.pedidos.shared.config.InvalidConfig;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it changes the language of the JVM")
class AnyLocaleTest {

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa", "ar-EG-u-nu-arab", "bn", "mr", "th-TH-u-nu-thai", "tr", "pt-BR", "und"})
    void namesAndNumbersAreTheSameWhateverTheLanguageOfTheMachine(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));

        var topology = new Topology("F.", 16, RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600)));
        assertThat(topology.queues()).extracting("name").contains("F.pedidos_queue.07", "F.pedidos_retry.512s");
        assertThat(RootLocale.format("%,d %05d %.1f %tF", 12_345, 7, 0.5, LocalDate.of(2026, 11, 26)))
                .isEqualTo("12,345 00007 0.5 2026-11-26");
        assertThat(RootLocale.format("%S", "i")).isEqualTo("I");
    }

    @Test
    void digitsOfAnotherScriptAreNoNumberInASetting() {
        var env = new Env(Map.of(
                "AMQP_URI",
                "amqp://u:p@broker",
                "DATABASE_URL",
                "postgresql://app:p@db/pedidos",
                "PEDIDOS_SHARDS",
                "١٦"));
        FleetConfig.from(env);
        assertThatThrownBy(env::check).isInstanceOf(InvalidConfig.class).hasMessageContaining("PEDIDOS_SHARDS must be");
        assertThatThrownBy(() -> Digits.toLong("۱۲")).isInstanceOf(NumberFormatException.class);
        assertThat(Digits.toInt("-12")).isEqualTo(-12);
    }
}
