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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
        assertThat(history.verdicts.get(PLUS_20)).isInstanceOf(inTime ? Verdict.Applied.class : Verdict.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("ordersOfFourThatGoOn")
    void inEveryOrderOfFourTheAmountIsTheSameUnlessItWouldHaveBeenNegative(List<Entry> order) {
        var history = new History(order);
        boolean tooEarly = history.verdicts.get(MINUS_110) instanceof Verdict.Refused;

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
                .containsEntry(again, new Verdict.Refused(Refusal.ESTADO_FINAL))
                .containsEntry(REJECTED_IT, new Verdict.Refused(Refusal.ESTADO_FINAL));
    }

    @Test
    void aSecondStartThatWaitedIsRefusedAtOnceWhenTheFirstIsApplied() {
        var again = new Entry(STARTED, "other", 0, null);
        var history = new History(List.of(STARTED_IT, again, CREATED_100));

        assertThat(history.now.status()).isEqualTo(OperationStatus.PROCESSING);
        assertThat(history.verdicts).containsEntry(again, new Verdict.Refused(Refusal.JA_APLICADO));
    }

    @Test
    void anEventAfterTheFinalStateIsRefusedAndChangesNothing() {
        var history = new History(List.of(CREATED_100, REJECTED_IT, PLUS_20));

        assertThat(history.now).isEqualTo(new Operation(OperationStatus.REJECTED, 2, 100, "sem saldo"));
        assertThat(history.verdicts).containsEntry(PLUS_20, new Verdict.Refused(Refusal.ESTADO_FINAL));
    }

    /** Keeps what the ledger keeps: the state, and what became of each event. */
    private static final class History {
        private Operation now = Operation.NEW;
        private final Map<Entry, Verdict> verdicts = new LinkedHashMap<>();

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
                    .filter(one -> one.getValue() instanceof Verdict.Waiting)
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
