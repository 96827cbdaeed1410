package dev.pedidos.tools.proof.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.watch.LawWatch.Rhythm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LawWatchTest {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Optional<Since>> asked = new ArrayList<>();
    private Duration passed = Duration.ZERO;
    private long replay;
    private long stock;
    private Optional<SQLException> failure = Optional.empty();

    @Test
    void theFirstRoundJudgesEverythingAndLaterOnesWhatHasChangedSinceTheOneBefore() throws Exception {
        rounds(watch(Optional.empty()), 3);

        assertThat(asked).containsExactly(Optional.empty(), at(Duration.ZERO), at(PAUSE));
    }

    @Test
    void theFirstRoundMayBeginAtAMoment() throws Exception {
        rounds(watch(Optional.of(new Since.Ago(Duration.ofHours(1)))), 2);

        assertThat(asked).containsExactly(Optional.of(new Since.Ago(Duration.ofHours(1))), at(Duration.ZERO));
    }

    @Test
    void everythingIsJudgedAgainAfterADay() throws Exception {
        rounds(watch(Optional.empty()), 290);

        assertThat(asked.stream().filter(Optional::isEmpty)).hasSize(2);
        assertThat(asked.get(288)).isEmpty();
    }

    @Test
    void aRoundThatFailedLeavesNothingOut() throws Exception {
        var watch = watch(Optional.empty());
        rounds(watch, 2);
        failure = Optional.of(new SQLException("gone", "08006"));
        rounds(watch, 2);
        failure = Optional.empty();
        rounds(watch, 1);

        assertThat(asked.getLast()).isEqualTo(at(PAUSE));
        assertThat(registry.get("pedidos_verify_failures_total")
                        .tag("extent", "changes")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aFullRoundThatTookTooLongIsNotRepeatedAtOnce() throws Exception {
        var watch = watch(Optional.empty());
        failure = Optional.of(new SQLException("canceling statement due to statement timeout", "57014"));
        rounds(watch, 1);
        failure = Optional.empty();
        rounds(watch, 2);

        assertThat(asked.getFirst()).isEmpty();
        assertThat(asked.get(1)).contains(new Since.Ago(Duration.ofMinutes(65)));
        assertThat(asked.get(2)).isEqualTo(at(PAUSE));
    }

    @Test
    void aDatabaseThatIsDownAtTheStartIsJudgedInFullWhenItIsBack() throws Exception {
        var watch = watch(Optional.empty());
        failure = Optional.of(new SQLException("refused", "08001"));
        rounds(watch, 2);
        failure = Optional.empty();
        rounds(watch, 1);

        assertThat(asked).containsOnly(Optional.empty()).hasSize(3);
    }

    @Test
    void aViolationStaysInTheMetricUntilEverythingIsJudged() throws Exception {
        var watch = watch(Optional.empty());
        rounds(watch, 1);
        assertThat(violations("replay")).isZero();
        replay = 2;
        rounds(watch, 1);
        replay = 0;
        rounds(watch, 5);
        assertThat(violations("replay")).isEqualTo(2);

        rounds(watch, 285);
        assertThat(violations("replay")).isZero();
    }

    @Test
    void aLawThatWasNeverJudgedHasNoMetric() throws Exception {
        var watch = watch(Optional.of(new Since.Ago(PAUSE)));
        rounds(watch, 1);

        assertThat(registry.find("pedidos_law_violations").tag("law", "replay").gauge())
                .isNotNull();
        assertThat(registry.find("pedidos_law_violations")
                        .tag("law", "estoque-adds-up")
                        .gauge())
                .isNull();
        assertThat(registry.find("pedidos_verify_judged_timestamp")
                        .tag("extent", "full")
                        .gauge())
                .isNull();
    }

    @Test
    void aLawThatEachRoundJudgesInFullIsFollowedAtOnce() throws Exception {
        var watch = watch(Optional.empty());
        stock = 3;
        rounds(watch, 1);
        assertThat(violations("estoque-adds-up")).isEqualTo(3);
        assertThat(violations("nothing-stranded")).isEqualTo(3);
        stock = 0;
        rounds(watch, 1);

        assertThat(violations("nothing-stranded")).isZero();
        assertThat(violations("estoque-adds-up")).isEqualTo(3);
    }

    private double violations(String law) {
        return registry.get("pedidos_law_violations").tag("law", law).gauge().value();
    }

    private LawWatch watch(Optional<Since> first) {
        return new LawWatch(this::judge, new Rhythm(PAUSE, DAY), first, registry, () -> passed.toNanos());
    }

    private Judgement judge(Optional<Since> since, Duration limit) throws SQLException {
        asked.add(since);
        if (failure.isPresent()) {
            throw failure.get();
        }
        Instant now = START.plus(passed);
        var replayed = new Verdict("replay", "", replay, List.of());
        var stranded = new Verdict("nothing-stranded", "", stock, List.of());
        if (since.isEmpty()) {
            var sums = new Verdict("estoque-adds-up", "", stock, List.of());
            return new Judgement(
                    now, new Extent.Everything(0), List.of(replayed, stranded, sums), List.of(), List.of());
        }
        var changes = new Extent.Changes(now, now, 1, 1, 1);
        return new Judgement(now, changes, List.of(stranded), List.of(replayed), List.of());
    }

    private void rounds(LawWatch watch, int rounds) throws InterruptedException {
        for (int i = 0; i < rounds; i++) {
            passed = passed.plus(watch.round());
        }
    }

    private static Optional<Since> at(Duration later) {
        return Optional.of(new Since.At(START.plus(later)));
    }
}
