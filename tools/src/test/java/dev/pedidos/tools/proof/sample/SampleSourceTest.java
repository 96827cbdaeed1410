package dev.pedidos.tools.proof.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.Draft;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.SentPedido;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleSourceTest {
    private static final int PEDIDOS = 10_000;

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(bodies(7)).isEqualTo(bodies(7));
        assertThat(bodies(7)).isNotEqualTo(bodies(8));
    }

    @Test
    void twoPercentAreSentTwiceAndOnePercentWithOtherContent() {
        Collection<SentPedido> pedidos = pedidos();

        assertThat(pedidos).hasSize(PEDIDOS);
        assertThat(twice(pedidos, 1)).isCloseTo(200, withinPercentage(25));
        assertThat(twice(pedidos, 2)).isCloseTo(100, withinPercentage(25));
    }

    @Test
    void theShapeIsThatOfTheRealOnes() {
        List<Draft> drafts = drafts();
        Map<String, Long> byRecebedor =
                drafts.stream().collect(Collectors.groupingBy(Draft::recebedorId, Collectors.counting()));
        List<Long> busiest =
                byRecebedor.values().stream().sorted(Comparator.reverseOrder()).toList();

        assertThat(busiest.getFirst()).isBetween(130L, 230L);
        assertThat(busiest.stream().limit(10).mapToLong(Long::longValue).sum()).isBetween(1_000L, 1_600L);
        List<Draft> plain =
                drafts.stream().filter(draft -> draft.tipo().equals("pedido")).toList();
        assertThat(plain.stream().filter(draft -> draft.itens().size() == 1).count())
                .isCloseTo(plain.size() * 9L / 10, withinPercentage(3));
        assertThat(plain).allSatisfy(draft -> assertThat(draft.itens()).hasSizeBetween(1, 21));
    }

    @Test
    void aboutThreePercentAreInTroubleOfEveryKind() {
        Map<String, SampleTrouble> troubles = SampleTroubles.of(1, PEDIDOS);

        assertThat(troubles).hasSizeBetween(PEDIDOS * 2 / 100, PEDIDOS * 4 / 100);
        assertThat(troubles.values()).contains(SampleTrouble.values());
        assertThat(pedidos().stream()
                        .filter(pedido -> draft(
                                        pedido.sendings().getFirst().answer().pedido())
                                .tipo()
                                .equals("simulado"))
                        .map(SentPedido::pedidoId))
                .containsExactlyInAnyOrderElementsOf(troubles.keySet());
    }

    @Test
    void aboutThreePercentOfTheSkusAreScarce() {
        Map<String, Long> asked = new HashMap<>();
        pedidos()
                .forEach(pedido -> draft(pedido.sendings().getFirst().answer().pedido())
                        .itens()
                        .forEach(item -> asked.merge(item.sku(), item.quantidade(), Long::sum)));

        Map<String, Long> estoque = SampleEstoque.of(1, PEDIDOS);

        assertThat(estoque.keySet()).isEqualTo(asked.keySet());
        long scarce = asked.entrySet().stream()
                .filter(each -> estoque.getOrDefault(each.getKey(), 0L) < each.getValue())
                .count();
        assertThat(scarce).isCloseTo(asked.size() * 3L / 100, withinPercentage(5));
    }

    private static long twice(Collection<SentPedido> pedidos, int contents) {
        return pedidos.stream()
                .filter(pedido -> pedido.sendings().size() == 2)
                .filter(pedido -> pedido.acceptedContents().size() == contents)
                .count();
    }

    private static Collection<SentPedido> pedidos() {
        return ClientHistory.of(outgoing(1).stream()
                        .map(each -> new LoadAnswer(each, 0, 1, 202, "", 0))
                        .toList())
                .pedidos()
                .values();
    }

    private static List<Draft> drafts() {
        return outgoing(1).stream().map(SampleSourceTest::draft).toList();
    }

    private static Draft draft(Outgoing outgoing) {
        return PedidoCodec.readDraft(outgoing.body(), tipo -> true, CallbackHosts.NONE);
    }

    private static List<String> bodies(long seed) {
        return outgoing(seed).stream()
                .map(each -> new String(each.body(), UTF_8))
                .toList();
    }

    private static List<Outgoing> outgoing(long seed) {
        var source = new SampleSource(seed, PEDIDOS);
        List<Outgoing> all = new ArrayList<>();
        for (var next = source.next(); next != null; next = source.next()) {
            all.add(next);
        }
        return all;
    }
}
