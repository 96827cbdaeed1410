package dev.pedidos.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.Slot;
import dev.pedidos.shared.ledger.limit.Slots;
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

    private final Fake slots = new Fake();
    private final AtomicBoolean paused = new AtomicBoolean();
    private final LimitedCalls calls = new LimitedCalls(
            dependency -> dependency.equals("erp") ? Optional.empty() : Optional.of(new Limit(dependency, A_SECOND)),
            new SlotTaker(slots, new LimitMetrics(new SimpleMeterRegistry()), slots::now),
            "p",
            this::refuseIfPaused,
            new DirectCalls());

    @Test
    void aCallWithoutALimitTakesNoSlot() throws Exception {
        assertThat(calls.call("erp", () -> "answer")).isEqualTo("answer");
        assertThat(slots.asked).isEmpty();
    }

    @Test
    void aCallWaitsForItsSlot() throws Exception {
        slots.next(Optional.of(new Slot(0, Duration.ofMillis(30), "later")));
        long asked = System.nanoTime();
        long called = calls.call("banco", System::nanoTime);
        assertThat(called - asked).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
    }

    @Test
    void aCallThatHasWaitedIsNotMadeInAPauseThatBeganMeanwhile() throws Exception {
        paused.set(true);
        slots.next(Optional.of(new Slot(0, Duration.ofMillis(1), "later")));
        List<String> made = new ArrayList<>();
        assertThatThrownBy(() -> calls.call("banco", () -> made.add("call"))).isInstanceOf(DependencyBusy.class);
        assertThat(made).isEmpty();

        slots.next(Optional.of(new Slot(0, Duration.ZERO, "now")));
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
        slots.next(Optional.empty());
        List<String> made = new ArrayList<>();
        assertThatThrownBy(() -> calls.call("banco", () -> made.add("call"))).isInstanceOf(LimitReached.class);
        assertThat(made).isEmpty();
    }

    @Test
    void aCallThatIsLateTakesItsPlaceAgainFirst() throws Exception {
        slots.next(Optional.of(new Slot(3, Duration.ZERO, "early")));
        slots.slow.add(Duration.ofMillis(50));
        slots.next(Optional.of(new Slot(3, Duration.ZERO, "late")));
        calls.call("banco", () -> "answer");
        assertThat(slots.asked).containsExactly("p false", "again early, later by more");
    }

    @Test
    void aDatabaseThatIsAlwaysSlowCostsRateAndNoCall() throws Exception {
        for (int i = 0; i < 4; i++) {
            slots.next(Optional.of(new Slot(3, Duration.ZERO, "place-" + i)));
            slots.slow.add(Duration.ofMillis(30 + 5 * i));
        }
        for (int i = 0; i < 3; i++) {
            calls.call("banco", () -> "answer");
        }
        assertThat(slots.asked).containsExactly("p false", "again place-0, later by more", "p true", "p true");
    }

    @Test
    void aCallThatIsLateAndHasLostItsPlaceIsNotMade() {
        slots.next(Optional.of(new Slot(3, Duration.ZERO, "early")));
        slots.slow.add(Duration.ofMillis(50));
        slots.next(Optional.empty());
        assertThatThrownBy(() -> calls.call("banco", () -> "answer")).isInstanceOf(LimitReached.class);
    }

    @Test
    void theSecondCallOfAPedidoDoesNotStandBehindThoseThatWait() throws Exception {
        slots.next(Optional.of(new Slot(0, Duration.ZERO, "first")));
        slots.next(Optional.of(new Slot(1, Duration.ZERO, "second")));
        calls.call("banco", () -> "answer");
        calls.call("banco", () -> "answer");
        assertThat(slots.asked).containsExactly("p false", "p true");
    }

    /** Else it could wait in two lines in turn, and lose the first call whenever it is first in the other line. */
    @Test
    void aCallAfterOneWithALimitStandsBehindNobodyWhateverItsDependency() throws Exception {
        slots.next(Optional.of(new Slot(0, Duration.ZERO, "first")));
        slots.next(Optional.of(new Slot(0, Duration.ZERO, "second")));
        calls.call("banco", () -> "answer");
        calls.call("correio", () -> "answer");
        assertThat(slots.asked).containsExactly("p false", "p true");
    }

    /** Gives the slots of a script; time passes only while it answers. */
    private static final class Fake implements Slots {

        final List<String> asked = new ArrayList<>();
        private final Queue<Optional<Slot>> script = new ArrayDeque<>();
        /** How long the database takes for the next answers. */
        final Queue<Duration> slow = new ArrayDeque<>();

        private long now;

        long now() {
            return now;
        }

        void next(Optional<Slot> answer) {
            script.add(answer);
        }

        @Override
        public Optional<Slot> take(Limit limit, Asking who, Duration late) {
            asked.add(who.pedidoId() + " " + who.goesOn());
            return answer();
        }

        @Override
        public Optional<Slot> takeLater(Limit limit, Slot slot, Duration late) {
            boolean more = late.compareTo(limit.tolerance()) > 0;
            asked.add("again " + slot.freeAgain() + (more ? ", later by more" : ""));
            return answer();
        }

        private Optional<Slot> answer() {
            now += slow.isEmpty() ? 0 : slow.remove().toNanos();
            return script.remove();
        }
    }
}
