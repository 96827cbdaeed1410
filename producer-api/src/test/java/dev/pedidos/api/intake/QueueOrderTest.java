package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueOrderTest {

    private static final long T = 1_700_000_000_000_000L;

    @Test
    void aLaterOneOfTheQueueIsPlacedLaterThoughTheClockOfItsApiWasBehind() {
        assertThat(places(Map.of(), of("a", T + 50_000), of("a", T + 23_000), of("a", T + 60_000)))
                .containsExactly(T + 50_000, T + 50_001, T + 60_000);
        assertThat(places(Map.of("a", T + 50_000), of("a", T + 23_000)))
                .as("the one before it was taken in the batch before")
                .containsExactly(T + 50_001);
    }

    @Test
    void otherReceiversAndThoseThatWereNotAcceptedYetAreNotTouched() {
        assertThat(places(Map.of(), of("a", T + 50_000), of("b", T), of("a", null), of("a", T + 50_001)))
                .containsExactly(T + 50_000, T, null, T + 50_001);
    }

    @Test
    void oneThatWasInSomebodysHandsBeforeOrIsFarFromItsPlaceKeepsItsTime() {
        assertThat(places(Map.of(), of("a", T + 50_000), again("a", T))).containsExactly(T + 50_000, T);
        assertThat(places(Map.of(), of("a", T + 5_000_000), of("a", T))).containsExactly(T + 5_000_000, T);
    }

    @Test
    void messagesThatWereGivenBackKeepTheirOrderAlsoInSeveralBatches() {
        var order = new QueueOrder();

        assertThat(places(order, Map.of(), again("a", T + 50_000), again("a", T + 23_000)))
                .containsExactly(T + 50_000, T + 50_001);
        assertThat(places(order, Map.of(), again("a", T + 50_000), again("a", T + 23_000)))
                .as("the same ones again: they were not committed")
                .containsExactly(T + 50_000, T + 50_001);
        order.committed();
        assertThat(places(order, Map.of("a", T + 50_001), again("a", T + 40_000)))
                .as("the next batch of them")
                .containsExactly(T + 50_002);
        order.committed();
        assertThat(places(order, Map.of("a", T + 50_002), of("a", T + 45_000), again("a", T)))
                .as("one that comes after the others was in hand while they were taken")
                .containsExactly(T + 50_003, T);
    }

    @Test
    void placesThatWereNotCommittedAreForgottenByTheNextBatch() {
        var order = new QueueOrder();
        places(order, Map.of(), again("a", T + 900_000));
        places(order, Map.of(), of("b", null));
        order.committed();

        assertThat(places(order, Map.of(), again("a", T + 50_000))).containsExactly(T + 50_000);
    }

    @Test
    void ofOneReceiverAPedidoWithoutATimeIsInsertedAfterThoseBeforeIt() {
        assertThat(statements(
                        named("z", "a", null),
                        named("timed", "b", T),
                        named("y", "a", null),
                        named("x", "b", null),
                        named("w", "c", null)))
                .containsExactly(List.of("z", "timed", "w"), List.of("y", "x"));
        assertThat(statements(named("z", "a", null), named("timed", "a", T), named("y", "a", null)))
                .containsExactly(List.of("z", "timed"), List.of("y"));
    }

    @Test
    void noIdIsTwiceInAStatement() {
        assertThat(statements(named("p", "a", T), named("p", "a", T), named("p", "b", null), named("q", "b", null)))
                .containsExactly(List.of("p"), List.of("p"), List.of("p"), List.of("q"));
    }

    private static List<List<String>> statements(Incoming.Valid... inOrder) {
        return QueueOrder.statements(Arrays.asList(inOrder)).stream()
                .map(one -> one.stream().map(valid -> valid.row().pedidoId()).toList())
                .toList();
    }

    private static Incoming.Valid named(String id, String recebedorId, @Nullable Long accepted) {
        var row = new NewPedido(id, "pedido", recebedorId, "api", "{}", new byte[0], true, accepted);
        return new Incoming.Valid(
                new PulledMessage(1, false, id, "pedido", new Headers(Map.of()), new byte[0]), row, new byte[0]);
    }

    private static List<@Nullable Long> places(Map<String, Long> last, Incoming.Valid... inQueue) {
        return places(new QueueOrder(), last, inQueue);
    }

    private static List<@Nullable Long> places(QueueOrder order, Map<String, Long> last, Incoming.Valid... inQueue) {
        return order.placed(Arrays.asList(inQueue), last).stream()
                .<@Nullable Long>map(one -> one.row().acceptedMicros())
                .toList();
    }

    private static Incoming.Valid of(String recebedorId, @Nullable Long accepted) {
        return valid(recebedorId, accepted, false);
    }

    private static Incoming.Valid again(String recebedorId, long accepted) {
        return valid(recebedorId, accepted, true);
    }

    private static Incoming.Valid valid(String recebedorId, @Nullable Long accepted, boolean redelivered) {
        var row = new NewPedido("p", "pedido", recebedorId, "api", "{}", new byte[0], true, accepted);
        return new Incoming.Valid(
                new PulledMessage(1, redelivered, "p", "pedido", new Headers(Map.of()), new byte[0]), row, new byte[0]);
    }
}
