package dev.pedidos.shared.operation;

import static dev.pedidos.shared.message.OperationEventType.ADJUSTED;
import static dev.pedidos.shared.message.OperationEventType.COMPLETED;
import static dev.pedidos.shared.message.OperationEventType.CREATED;
import static dev.pedidos.shared.message.OperationEventType.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.OperationEventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrivalTest {
    private static final Entry CREATED_100 = entry(CREATED, 100);
    private static final Entry STARTED_IT = entry(STARTED, 0);
    private static final Entry PLUS_20 = entry(ADJUSTED, 20);
    private static final Entry MINUS_110 = entry(ADJUSTED, -110);
    private static final Entry COMPLETED_IT = entry(COMPLETED, 0);
    private static final Entry REJECTED_IT = new Entry(OperationEventType.REJECTED, "r", 0, "sem saldo");

    static Stream<List<Entry>> ordersOfFourThatEnd() {
        return orders(List.of(CREATED_100, STARTED_IT, PLUS_20, COMPLETED_IT));
    }

    static Stream<List<Entry>> ordersOfFourThatGoOn() {
        return orders(List.of(CREATED_100, STARTED_IT, PLUS_20, MINUS_110));
    }

    @ParameterizedTest
    @MethodSource("ordersOfFourThatEnd")
    void inEveryOrderOfFourTheOperationIsCompletedAndAnAdjustmentThatCameInTimeCounts(List<Entry> order) {
        var history = new History(order);
        boolean inTime = !order.getLast().equals(PLUS_20);

        assertThat(history.now.status()).isEqualTo(OperationStatus.COMPLETED);
        assertThat(history.now.valorCentavos()).isEqualTo(inTime ? 120 : 100);
        assertThat(history.now.version()).isEqualTo(inTime ? 4 : 3);
        assertThat(history.waiting()).isEmpty();
        assertThat(history.verdicts.get(PLUS_20))
                .isInstanceOf(inTime ? EventVerdict.Applied.class : EventVerdict.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("ordersOfFourThatGoOn")
    void inEveryOrderOfFourTheAmountIsTheSameUnlessItWouldHaveBeenNegative(List<Entry> order) {
        var history = new History(order);
        boolean tooEarly = history.verdicts.get(MINUS_110) instanceof EventVerdict.Refused;

        assertThat(history.now.status()).isEqualTo(OperationStatus.PROCESSING);
        assertThat(history.now.valorCentavos()).isEqualTo(tooEarly ? 120 : 10);
        assertThat(history.waiting()).isEmpty();
        // Refused only if it met the operation before the adjustment that makes it possible had come.
        int created = order.indexOf(CREATED_100);
        int minus = order.indexOf(MINUS_110);
        int plus = order.indexOf(PLUS_20);
        assertThat(tooEarly).isEqualTo(Math.max(created, minus) < plus);
    }

    @Test
    void whatWaitedIsRefusedWhenTheOperationEndsWithoutIt() {
        var again = new Entry(STARTED, "other", 0, null);
        var history = new History(List.of(STARTED_IT, again, COMPLETED_IT, REJECTED_IT, CREATED_100));

        assertThat(history.now.status()).isEqualTo(OperationStatus.COMPLETED);
        assertThat(history.verdicts)
                .containsEntry(again, new EventVerdict.Refused(Refusal.ESTADO_FINAL))
                .containsEntry(REJECTED_IT, new EventVerdict.Refused(Refusal.ESTADO_FINAL));
    }

    @Test
    void aSecondStartThatWaitedIsRefusedAtOnceWhenTheFirstIsApplied() {
        var again = new Entry(STARTED, "other", 0, null);
        var history = new History(List.of(STARTED_IT, again, CREATED_100));

        assertThat(history.now.status()).isEqualTo(OperationStatus.PROCESSING);
        assertThat(history.verdicts).containsEntry(again, new EventVerdict.Refused(Refusal.JA_APLICADO));
    }

    @Test
    void anEventAfterTheFinalStateIsRefusedAndChangesNothing() {
        var history = new History(List.of(CREATED_100, REJECTED_IT, PLUS_20));

        assertThat(history.now).isEqualTo(new Operation(OperationStatus.REJECTED, 2, 100, "sem saldo"));
        assertThat(history.verdicts).containsEntry(PLUS_20, new EventVerdict.Refused(Refusal.ESTADO_FINAL));
    }

    @Test
    void whatWaitsIsNeededOnlyByAnEventThatChangesTheStatus() {
        var pending = new History(List.of(CREATED_100)).now;
        assertThat(Arrival.frees(Operation.NEW, CREATED_100)).isTrue();
        assertThat(Arrival.frees(pending, STARTED_IT)).isTrue();
        assertThat(Arrival.frees(pending, PLUS_20)).isFalse();
        assertThat(Arrival.frees(pending, MINUS_110)).isFalse();
        assertThat(Arrival.frees(pending, COMPLETED_IT)).isFalse();
    }

    /** Against a search from the beginning for each step. */
    @RepeatedTest(200)
    void theNextIsAlwaysTheFirstThatCanBeApplied(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        List<Entry> waiting = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            waiting.add(
                    switch (random.nextInt(20)) {
                        case 0, 1 -> new Entry(STARTED, "s" + i, 0, null);
                        case 2 -> new Entry(COMPLETED, "c" + i, 0, null);
                        case 3 -> new Entry(OperationEventType.REJECTED, "r" + i, 0, "sem saldo");
                        case 4 -> new Entry(ADJUSTED, "a" + i, Long.MAX_VALUE - random.nextInt(3), null);
                        case 5 -> new Entry(ADJUSTED, "a" + i, -Long.MAX_VALUE + random.nextInt(3), null);
                        default -> new Entry(ADJUSTED, "a" + i, random.nextInt(-150, 100), null);
                    });
        }

        var arrival = Arrival.of(Operation.NEW, CREATED_100, waiting);

        Operation now = ((EventVerdict.Applied) Operation.NEW.judge(CREATED_100)).after();
        List<Entry> rest = new ArrayList<>(waiting);
        List<Entry> applied = new ArrayList<>();
        for (var next = firstOf(rest, now); next.isPresent(); next = firstOf(rest, now)) {
            now = ((EventVerdict.Applied) now.judge(next.get())).after();
            rest.remove(next.get());
            applied.add(next.get());
        }
        assertThat(arrival.after()).isEqualTo(now);
        assertThat(arrival.moved().stream()
                        .filter(moved -> moved.verdict() instanceof EventVerdict.Applied)
                        .map(Arrival.Decided::event))
                .isEqualTo(applied);
    }

    private static Optional<Entry> firstOf(List<Entry> rest, Operation now) {
        return Stream.of(false, true)
                .flatMap(ends -> rest.stream()
                        .filter(event -> now.judge(event) instanceof EventVerdict.Applied(Operation after)
                                && after.status().isFinal() == ends))
                .findFirst();
    }

    @Test
    @Timeout(20)
    void manyThatWaitAreDecidedInOneGo() {
        List<Entry> waiting = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            waiting.add(new Entry(ADJUSTED, "a" + i, i < 100_000 ? -1_000_000_000L - i : 1, null));
        }

        var arrival = Arrival.of(Operation.NEW, CREATED_100, waiting);

        assertThat(arrival.after().valorCentavos()).isEqualTo(100_100);
        assertThat(arrival.moved()).hasSize(200_000);
    }

    @Test
    void anAdjustmentThatTakesTheLargestAmountIsApplied() {
        var all = entry(ADJUSTED, -Long.MAX_VALUE);

        var arrival = Arrival.of(Operation.NEW, entry(CREATED, Long.MAX_VALUE), List.of(all));

        assertThat(arrival.after().valorCentavos()).isZero();
        assertThat(arrival.after().version()).isEqualTo(2);
    }

    @Test
    @Timeout(20)
    void manyThatAreTooLargeHoldUpNobody() {
        List<Entry> waiting = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            waiting.add(new Entry(ADJUSTED, "a" + i, i < 100_000 ? Long.MAX_VALUE : 1, null));
        }

        var arrival = Arrival.of(Operation.NEW, CREATED_100, waiting);

        assertThat(arrival.after().valorCentavos()).isEqualTo(100_100);
        assertThat(arrival.moved()).hasSize(200_000);
    }

    /** Keeps what the ledger keeps: the state, and what became of each event. */
    private static final class History {
        private Operation now = Operation.NEW;
        private final Map<Entry, EventVerdict> verdicts = new LinkedHashMap<>();

        History(List<Entry> order) {
            for (Entry event : order) {
                var arrival = Arrival.of(now, event, waiting());
                now = arrival.after();
                verdicts.put(event, arrival.verdict());
                arrival.moved().forEach(decided -> verdicts.put(decided.event(), decided.verdict()));
            }
        }

        List<Entry> waiting() {
            return verdicts.entrySet().stream()
                    .filter(one -> one.getValue() instanceof EventVerdict.Waiting)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static Stream<List<Entry>> orders(List<Entry> events) {
        if (events.isEmpty()) {
            return Stream.of(List.of());
        }
        return events.stream().flatMap(first -> {
            List<Entry> rest = new ArrayList<>(events);
            rest.remove(first);
            return orders(rest).map(order -> {
                List<Entry> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                return whole;
            });
        });
    }

    private static Entry entry(OperationEventType type, long centavos) {
        return new Entry(type, type.name() + centavos, centavos, null);
    }
}
