package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.laws.OrderCheck.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderCheckTest {

    @Test
    void onePedidoAfterTheOtherInOrderIsKept() {
        var verdict = OrderCheck.check(List.of(List.of(seen("a", 0, 10, 1), seen("b", 20, 30, 2))));

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.counted()).isEqualTo("1 pairs of 1 recebedores were one after the other");
    }

    @Test
    void onePedidoAfterTheOtherAgainstTheOrderIsAViolation() {
        var verdict = OrderCheck.check(List.of(List.of(seen("a", 0, 10, 2), seen("b", 20, 30, 1))));

        assertThat(verdict.violations()).isOne();
        assertThat(verdict.examples()).singleElement().asString().startsWith("b took effect before a");
    }

    @Test
    void pedidosOnTheirWayTogetherPromiseNothing() {
        var verdict = OrderCheck.check(List.of(List.of(seen("a", 0, 20, 2), seen("b", 20, 30, 1))));

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.counted()).startsWith("0 pairs of 0 recebedores");
    }

    @Test
    void anEffectBeforeAnUnfinishedElderIsAViolation() {
        var verdict = OrderCheck.check(List.of(List.of(seen("a", 0, 10, Long.MAX_VALUE), seen("b", 20, 30, 1))));

        assertThat(verdict.violations()).isOne();
    }

    @Test
    void twoUnfinishedOnesHaveNotOvertakenEachOther() {
        var verdict =
                OrderCheck.check(List.of(List.of(seen("a", 0, 10, Long.MAX_VALUE), seen("b", 20, 30, Long.MAX_VALUE))));

        assertThat(verdict.holds()).isTrue();
    }

    @Test
    void aPedidoOfAnotherRecebedorMayOvertake() {
        var verdict = OrderCheck.check(List.of(List.of(seen("a", 0, 10, 2)), List.of(seen("b", 20, 30, 1))));

        assertThat(verdict.holds()).isTrue();
    }

    @Test
    void onlyTheFirstFewViolationsAreKept() {
        List<Seen> reversed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            reversed.add(seen("p" + i, i * 10L, i * 10L + 5, 100 - i));
        }

        var verdict = OrderCheck.check(List.of(reversed));

        assertThat(verdict.violations()).isEqualTo(99);
        assertThat(verdict.examples()).hasSize(Verdict.MOST_EXAMPLES);
        assertThat(verdict.counted()).startsWith("4950 pairs of 1 ");
    }

    @Test
    void itFindsWhatComparingEveryPairFinds() {
        var random = new SplittableRandom(42);
        for (int round = 0; round < 2_000; round++) {
            List<Seen> pedidos = new ArrayList<>();
            for (int i = random.nextInt(2, 9); i > 0; i--) {
                long start = random.nextInt(30);
                long effect = random.nextInt(8) == 0 ? Long.MAX_VALUE : i * 10L + random.nextInt(30);
                pedidos.add(seen("p" + i, start, start + random.nextInt(10), effect));
            }

            var verdict = OrderCheck.check(List.of(pedidos));

            assertThat(verdict.violations()).as("%s", pedidos).isEqualTo(overtakersByEveryPair(pedidos));
        }
    }

    private static long overtakersByEveryPair(List<Seen> pedidos) {
        return pedidos.stream()
                .filter(b ->
                        pedidos.stream().anyMatch(a -> a.acceptedNanos() < b.startNanos() && b.effect() < a.effect()))
                .count();
    }

    private static Seen seen(String id, long start, long accepted, long effect) {
        return new Seen(id, start, accepted, effect);
    }
}
