package dev.pedidos.shared.ledger.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunksTest {

    @Test
    void theItemsOfAChunkAreInTheOrderOfTheirIdsAsText() {
        var items = items(10_000);
        var chunks = Chunks.of(items);

        assertThat(chunks).allSatisfy(chunk -> assertThat(ids(chunk)).isSorted().hasSizeBetween(1, 1_000));
        assertThat(chunks.stream().flatMap(List::stream)).containsExactlyElementsOf(items);
        assertThat(Chunks.of(List.of())).isEmpty();
    }

    private static List<String> ids(List<NewPedido> chunk) {
        return chunk.stream().map(NewPedido::pedidoId).toList();
    }

    private static List<NewPedido> items(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new NewPedido("t:" + n, "despesa", "r", "api", "{}", new byte[0], true, null))
                .toList();
    }
}
