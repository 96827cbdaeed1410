package dev.pedidos.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.topology.RetryLadder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final RetryLadder LADDER = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofMinutes(10));
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final CallResult SILENT = new CallResult.NoAnswer(CallFault.TEMPO_ESGOTADO);
    private static final CallResult FINE = new CallResult.Answered(new EndpointAnswer(200, Optional.empty(), ""));
    private static final CallResult TROUBLE = new CallResult.Answered(new EndpointAnswer(500, Optional.empty(), ""));

    private final Endpoints endpoints = new Endpoints(LADDER, TIMEOUT);

    @Test
    void aSlowEndpointHoldsItsOwnFewCalls() {
        begin(endpoints.acquire(List.of("slow", "good")));

        assertThat(endpoints.inFlight()).isEqualTo(2 * Endpoints.MOST_PER_ENDPOINT);
        assertThat(endpoints.acquire(List.of("slow"))).isEmpty();
        endpoints.ended("good", FINE, Duration.ZERO);
        assertThat(endpoints.acquire(List.of("slow", "good"))).isEqualTo(Map.of("good", 1));
    }

    @Test
    void withManySlowEndpointsEachGetsOneAtATimeAndThereIsRoomForOthers() {
        List<String> slow = IntStream.range(0, 100).mapToObj(i -> "slow-" + i).toList();
        begin(endpoints.acquire(slow));
        begin(endpoints.acquire(slow));

        assertThat(endpoints.inFlight()).isLessThan(Endpoints.MOST_IN_FLIGHT);
        assertThat(endpoints.acquire(List.of("good"))).isEqualTo(Map.of("good", 1));
    }

    @Test
    void anEndpointThatFailsAllTheTimeIsTriedNoMoreForAWhile() {
        var patient = new Endpoints(new RetryLadder(List.of(Duration.ofMinutes(1))), TIMEOUT);
        for (int i = 0; i < 5; i++) {
            patient.begun("dead");
            patient.ended("dead", SILENT, Duration.ZERO);
        }

        assertThat(patient.acquire(List.of("dead", "good"))).isEqualTo(Map.of("good", Endpoints.MOST_PER_ENDPOINT));
    }

    @Test
    void anEndpointThatFailsHalfTheTimeOrRefusesIsTried() {
        for (int i = 0; i < 50; i++) {
            endpoints.begun("half");
            endpoints.ended("half", i % 2 == 0 ? TROUBLE : FINE, Duration.ZERO);
            endpoints.begun("refusing");
            endpoints.ended(
                    "refusing", new CallResult.Answered(new EndpointAnswer(404, Optional.empty(), "")), Duration.ZERO);
        }

        assertThat(endpoints.acquire(List.of("half", "refusing"))).containsOnlyKeys("half", "refusing");
    }

    @Test
    void theWaitGrowsWithTheFailuresAndIsNotTheSameForAll() {
        var backoff = new Backoff(LADDER, new Random(7));

        assertThat(IntStream.range(0, 100).mapToObj(i -> backoff.after(1, Optional.empty())))
                .allMatch(wait -> wait.toMillis() >= 1_000 && wait.toMillis() < 1_200)
                .hasSizeGreaterThan(50);
        assertThat(backoff.after(4, Optional.empty())).isBetween(Duration.ofSeconds(8), Duration.ofMillis(9_600));
        assertThat(backoff.after(100, Optional.empty())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
    }

    @Test
    void anEndpointCanAskForALongerWaitButNotForAShorterOne() {
        var backoff = new Backoff(LADDER, new Random(7));

        assertThat(backoff.after(1, Optional.of(Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.after(8, Optional.of(Duration.ofSeconds(1))))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(128));
    }

    private void begin(Map<String, Integer> acquired) {
        acquired.forEach((endpoint, calls) -> IntStream.range(0, calls).forEach(i -> endpoints.begun(endpoint)));
    }
}
