package dev.pedidos.tools.proof.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownViolationsTest {
    private final KnownViolations known = new KnownViolations();

    @Test
    void anotherViolationIsNewsThoughThereAreNoMoreThanBefore() {
        assertThat(changes("a", "b")).hasSize(1);
        assertThat(changes("b")).isEmpty();
        assertThat(changes("c")).hasSize(1);
        assertThat(changes("c", "a")).isEmpty();
    }

    @Test
    void afterALookAtEverythingThatFoundItBrokenTheSameIsNoNews() {
        assertThat(everything("a")).hasSize(1);
        assertThat(changes("a")).isEmpty();
        assertThat(changes("b")).hasSize(1);
    }

    @Test
    void ifItHeldInBetweenTheSameIsNewsAgain() {
        assertThat(changes("a")).hasSize(1);
        assertThat(everything()).hasSize(1);
        assertThat(changes("a")).hasSize(1);
    }

    @Test
    void idsAreForgottenAndNeverNewOnesOverlooked() {
        assertThat(changes("a")).hasSize(1);
        IntStream.range(0, 2_000).forEach(i -> assertThat(changes("x-" + i)).hasSize(1));
        assertThat(changes("a")).hasSize(1);
    }

    private List<Verdict> changes(String... ids) {
        var now = Instant.EPOCH;
        return known.learn(
                new Judgement(now, new Extent.Changes(now, now, 1, 1, 1), List.of(), List.of(verdict(ids)), List.of()));
    }

    private List<Verdict> everything(String... ids) {
        return known.learn(
                new Judgement(Instant.EPOCH, new Extent.Everything(0), List.of(verdict(ids)), List.of(), List.of()));
    }

    private static Verdict verdict(String... ids) {
        return new Verdict("replay", "", ids.length, List.of(), List.of(ids));
    }
}
