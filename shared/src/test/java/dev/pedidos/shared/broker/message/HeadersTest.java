package dev.pedidos.shared.broker.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import dev.pedidos.shared.message.Version;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void theAttemptsOfAMessageOfVersion010StandForItsSchedulings() {
        assertThat(new Headers(Map.of("ciclo", 1, "tentativa", 2)).version("p")).isEqualTo(new Version("p", 1, 2, 2));
        assertThat(new Headers(Map.of("ciclo", 1, "tentativa", 2, "agendamento", 5)).version("p"))
                .isEqualTo(new Version("p", 1, 5, 2));
        assertThat(new Headers(Map.of()).version("p")).isEqualTo(Version.first("p"));
    }

    @Test
    void whatFitsIsPublishedAgain() {
        Map<String, Object> plain = Map.of("text", LongStringHelper.asLongString("t"), "number", 1L, "flag", true);
        assertThat(new Headers(plain).plain()).isEqualTo(plain);
    }

    @Test
    void whatCannotBePublishedIsLeftOut() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("\uFFFD".repeat(86), 1L);
        values.put("list", List.of());
        values.put("absent", null);
        values.put("large", LongStringHelper.asLongString("x".repeat(70_000)));
        values.put("fits", 2L);
        assertThat(new Headers(values).plain()).containsOnlyKeys("fits");
    }

    /** The frame of the headers must fit into 128 KiB, as the broker allows by default. */
    @Test
    void ofManySmallHeadersAsManyArePublishedAgainAsFitIntoAFrame() throws Exception {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < 14_500; i++) {
            values.put("\uFFFD" + i, LongStringHelper.asLongString(""));
        }
        var plain = new Headers(values).plain();
        assertThat(plain).hasSizeBetween(4_000, 14_499);
        assertThat(Frame.tableSize(plain)).isBetween(65_000L, 65_536L);
    }

    @Test
    void theirWeightCountsWhatIsInTablesAndLists() {
        assertThat(new Headers(Map.of()).weight()).isZero();
        long one = new Headers(Map.of("a", 1)).weight();
        assertThat(one).isBetween(100L, 200L);
        Map<String, Object> nested = Map.of("t", Map.of("a", 1), "l", List.of(1, new byte[1_000]));
        assertThat(new Headers(nested).weight()).isBetween(one + 1_000, 5 * one + 1_000);
    }
}
