package dev.pedidos.tools.proof.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.EventVerdict;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleOperationsTest {
    private static final int ROUNDS = 100;

    @Test
    void someEventsComeTwiceSomeBeforeTheirTurnAndSomeAfterTheEnd() {
        List<OperationEvent> events = events();
        Map<String, Long> times =
                events.stream().collect(Collectors.groupingBy(OperationEvent::pedidoId, Collectors.counting()));
        Map<String, Operation> operations = new HashMap<>();
        Map<String, List<Entry>> waiting = new HashMap<>();
        List<EventVerdict> verdicts = new ArrayList<>();
        for (OperationEvent event : distinct(events)) {
            var before = operations.getOrDefault(event.externalId(), Operation.NEW);
            var queue = waiting.computeIfAbsent(event.externalId(), id -> new ArrayList<>());
            var arrival = Arrival.of(before, Entry.of(event), queue);
            operations.put(event.externalId(), arrival.after());
            verdicts.add(arrival.verdict());
            arrival.moved().forEach(moved -> queue.remove(moved.event()));
            if (arrival.verdict() instanceof EventVerdict.Waiting) {
                queue.add(Entry.of(event));
            }
        }

        assertThat(times.values()).contains(1L, 2L);
        assertThat(verdicts)
                .hasAtLeastOneElementOfType(EventVerdict.Waiting.class)
                .hasAtLeastOneElementOfType(EventVerdict.Refused.class);
        assertThat(operations.values()).allMatch(operation -> operation.status().isFinal());
        assertThat(waiting.values()).allMatch(List::isEmpty);
    }

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(events()).isEqualTo(events());
    }

    @Test
    void aHistoryKnowsAnEventByThePedidoThatCarriesIt() {
        byte[] body = bodies().getFirst();
        var answer = new LoadAnswer(new Outgoing(1, Outgoing.Address.OPERATIONS, body), 0, 1, 202, "", 0);

        var history = ClientHistory.of(List.of(answer, answer));

        assertThat(history.unreadable()).isEmpty();
        assertThat(history.pedidos().get(OperationReader.read(body).pedidoId()))
                .satisfies(sent -> assertThat(sent.acceptedContents()).hasSize(1));
    }

    private static List<OperationEvent> distinct(List<OperationEvent> events) {
        return events.stream()
                .collect(Collectors.toMap(
                        OperationEvent::pedidoId, Function.identity(), (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static List<OperationEvent> events() {
        return bodies().stream().map(OperationReader::read).toList();
    }

    private static List<byte[]> bodies() {
        var operations = new SampleOperations("op-", () -> "rcb", new SplittableRandom(1));
        return IntStream.range(0, ROUNDS)
                .mapToObj(round -> operations.next())
                .flatMap(List::stream)
                .toList();
    }
}
