package dev.pedidos.shared.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConfirmWaitTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final CompletableFuture<Void> CONFIRMED = CompletableFuture.completedFuture(null);
    private static final CompletableFuture<Void> RETURNED =
            CompletableFuture.failedFuture(new PublishFailed("no queue takes it"));

    private final CompletableFuture<Void> open = new CompletableFuture<>();

    @Test
    void allAreConfirmed() {
        assertThatCode(() -> ConfirmWait.all(List.of(CONFIRMED, CONFIRMED), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    @Test
    void theFailureOfOneIsThrownAsItIs() {
        assertThatThrownBy(() -> ConfirmWait.all(List.of(CONFIRMED, RETURNED), SHORT))
                .isInstanceOf(PublishFailed.class);
        assertThatThrownBy(() -> ConfirmWait.one(RETURNED, SHORT)).isInstanceOf(PublishFailed.class);
    }

    @Test
    void oneWithoutAConfirmFailsAfterTheTime() {
        assertThatThrownBy(() -> ConfirmWait.one(open, SHORT))
                .isInstanceOf(PublishFailed.class)
                .hasMessageContaining("did not confirm");
    }

    @Test
    void thoseThatAreConfirmedAreNamedInTheirOrder() throws Exception {
        Map<String, CompletableFuture<Void>> confirms = new LinkedHashMap<>();
        confirms.put("first", CONFIRMED);
        confirms.put("returned", RETURNED);
        confirms.put("open", open);
        confirms.put("last", CONFIRMED);
        assertThat(ConfirmWait.confirmed(confirms, SHORT)).containsExactly("first", "last");
    }
}
