package dev.pedidos.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.Place;
import dev.pedidos.shared.ledger.limit.Places;
import dev.pedidos.shared.runtime.CallRate;
import dev.pedidos.worker.execution.DirectCalls;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.LimitReached;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LimitedCallsTest {

    /** A call leaves within 15 ms after its time, unless the database is slower. */
    private static final CallRate A_SECOND = new CallRate(5, Duration.ofSeconds(1));

    private final Fake places = new Fake();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final LimitedCalls calls = new LimitedCalls(
            dependency -> dependency.equals("erp") ? Optional.empty() : Optional.of(new Limit(dependency, A_SECOND)),
            places,
            new AnswerTimes(),
            new LimitMetrics(new SimpleMeterRegistry()),
            "p",
            this::refuseIfPaused,
            new DirectCalls(),
            places::now);

    @Test
    void aCallWithoutALimitTakesNoPlace() throws Exception {
        assertThat(calls.call("erp", () -> "answer")).isEqualTo("answer");
        assertThat(places.asked).isEmpty();
    }

    @Test
    void aCallWaitsForItsPlace() throws Exception {
        places.next(Optional.of(new Place(0, Duration.ofMillis(30), "later")));
        long asked = System.nanoTime();
        long called = calls.call("banco", System::nanoTime);
        assertThat(called - asked).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    void aCallThatHasWaitedIsNotMadeInAPauseThatBeganMeanwhile() throws Exception {
        paused.set(true);
        places.next(Optional.of(new Place(0, Duration.ofMillis(1), "later")));
        List<String> made = new ArrayList<>();
        assertThatThrownBy(() -> calls.call("banco", () -> made.add("call"))).isInstanceOf(DependencyBusy.class);
        assertThat(made).isEmpty();

        places.next(Optional.of(new Place(0, Duration.ZERO, "now")));
        assertThat(calls.call("banco", () -> "answer"))
                .as("it was looked at a moment ago")
                .isEqualTo("answer");
    }

    private void refuseIfPaused(String dependency) throws DependencyBusy {
        if (paused.get()) {
            throw new DependencyBusy(dependency, Duration.ofSeconds(1), "429");
        }
    }

    @Test
    void aCallWithoutAPlaceIsNotMade() {
        places.next(Optional.empty());
        List<String> made = new ArrayList<>();
        assertThatThrownBy(() -> calls.call("banco", () -> made.add("call"))).isInstanceOf(LimitReached.class);
        assertThat(made).isEmpty();
    }

    @Test
    void aCallThatIsLateTakesItsPlaceAgainFirst() throws Exception {
        places.next(Optional.of(new Place(3, Duration.ZERO, "early")));
        places.slow.add(Duration.ofMillis(50));
        places.next(Optional.of(new Place(3, Duration.ZERO, "late")));
        calls.call("banco", () -> "answer");
        assertThat(places.asked).containsExactly("p false", "again early, later by more");
    }

    @Test
    void aDatabaseThatIsAlwaysSlowCostsRateAndNoCall() throws Exception {
        for (int i = 0; i < 4; i++) {
            places.next(Optional.of(new Place(3, Duration.ZERO, "place-" + i)));
            places.slow.add(Duration.ofMillis(30 + 5 * i));
        }
        for (int i = 0; i < 3; i++) {
            calls.call("banco", () -> "answer");
        }
        assertThat(places.asked).containsExactly("p false", "again place-0, later by more", "p true", "p true");
    }

    @Test
    void aCallThatIsLateAndHasLostItsPlaceIsNotMade() {
        places.next(Optional.of(new Place(3, Duration.ZERO, "early")));
        places.slow.add(Duration.ofMillis(50));
        places.next(Optional.empty());
        assertThatThrownBy(() -> calls.call("banco", () -> "answer")).isInstanceOf(LimitReached.class);
    }

    @Test
    void theSecondCallOfAPedidoDoesNotStandBehindThoseThatWait() throws Exception {
        places.next(Optional.of(new Place(0, Duration.ZERO, "first")));
        places.next(Optional.of(new Place(1, Duration.ZERO, "second")));
        calls.call("banco", () -> "answer");
        calls.call("banco", () -> "answer");
        assertThat(places.asked).containsExactly("p false", "p true");
    }

    /** Else it could wait in two lines in turn, and lose the first call whenever it is first in the other line. */
    @Test
    void aCallAfterOneWithALimitStandsBehindNobodyWhateverItsDependency() throws Exception {
        places.next(Optional.of(new Place(0, Duration.ZERO, "first")));
        places.next(Optional.of(new Place(0, Duration.ZERO, "second")));
        calls.call("banco", () -> "answer");
        calls.call("correio", () -> "answer");
        assertThat(places.asked).containsExactly("p false", "p true");
    }

    /** Gives the places of a script; time passes only while it answers. */
    private static final class Fake implements Places {

        final List<String> asked = new ArrayList<>();
        private final Queue<Optional<Place>> script = new ArrayDeque<>();
        /** How long the database takes for the next answers. */
        final Queue<Duration> slow = new ArrayDeque<>();

        private long now;

        long now() {
            return now;
        }

        void next(Optional<Place> answer) {
            script.add(answer);
        }

        @Override
        public Optional<Place> take(Limit limit, Asking who, Duration late) {
            asked.add(who.pedidoId() + " " + who.goesOn());
            return answer();
        }

        @Override
        public Optional<Place> takeLater(Limit limit, Place place, Duration late) {
            boolean more = late.compareTo(limit.tolerance()) > 0;
            asked.add("again " + place.freeAgain() + (more ? ", later by more" : ""));
            return answer();
        }

        private Optional<Place> answer() {
            now += slow.isEmpty() ? 0 : slow.remove().toNanos();
            return script.remove();
        }
    }
}
