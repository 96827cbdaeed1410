package dev.pedidos.shared.broker.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.LongStringHelper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastDeathTest {

    private static final LastDeath IN_ITS_SHARD = new LastDeath("pedidos_queue.00", "delivery_limit");

    private final Map<String, Object> headers = new HashMap<>(
            Map.of("x-first-death-queue", text("pedidos_retry.1s"), "x-first-death-reason", text("expired")));

    @Test
    void theFirstTimeIsTheLastIfNoOtherIsNamed() {
        assertThat(lastDeath()).isEqualTo(new LastDeath("pedidos_retry.1s", "expired"));
        headers.put("x-death", "not from the broker");
        assertThat(lastDeath().reason()).isEqualTo("expired");
    }

    @Test
    void theNewestTimeIsTheFirstOfTheList() {
        headers.put(
                "x-death",
                List.of(
                        Map.of("queue", text("pedidos_queue.00"), "reason", text("delivery_limit")),
                        Map.of("queue", text("pedidos_retry.1s"), "reason", text("expired"))));
        assertThat(lastDeath()).isEqualTo(IN_ITS_SHARD);
    }

    @Test
    void newerBrokersNameIt() {
        headers.put("x-last-death-queue", text("pedidos_queue.00"));
        headers.put("x-last-death-reason", text("delivery_limit"));
        assertThat(lastDeath()).isEqualTo(IN_ITS_SHARD);
    }

    @Test
    void oneThatWasNeverDeadLetteredHasNone() {
        headers.clear();
        assertThat(lastDeath()).isEqualTo(new LastDeath("", ""));
    }

    private LastDeath lastDeath() {
        return LastDeath.of(new Headers(headers));
    }

    private static Object text(String text) {
        return LongStringHelper.asLongString(text);
    }
}
