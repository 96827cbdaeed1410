package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Promise 3 as the client sees it: if the 202 of a arrived before the sending of b for the same recebedor began, a
 * takes effect before b. Pairs that were sent at the same time have no promised order.
 */
public final class OrderCheck {

    /**
     * A pedido as the client saw it, and its place in the order of effects.
     *
     * @param startNanos its sending began
     * @param acceptedNanos its 202 arrived
     * @param effect {@link Long#MAX_VALUE}: none yet
     */
    public record Seen(String pedidoId, long startNanos, long acceptedNanos, long effect) {}

    private long judgedPairs;
    private long judgedRecebedores;
    private long violations;
    private final List<String> examples = new ArrayList<>();

    private OrderCheck() {}

    /** @param byRecebedor the accepted pedidos of each recebedor, in any order */
    public static Verdict check(Collection<List<Seen>> byRecebedor) {
        var check = new OrderCheck();
        byRecebedor.forEach(check::recebedor);
        String counted = RootLocale.format(
                "%d pairs of %d recebedores were one after the other", check.judgedPairs, check.judgedRecebedores);
        return new Verdict("order-as-the-client-saw-it", counted, check.violations, check.examples);
    }

    private void recebedor(List<Seen> pedidos) {
        long pairs = pairs(pedidos);
        judgedPairs += pairs;
        judgedRecebedores += pairs > 0 ? 1 : 0;
        List<Seen> byEffect = new ArrayList<>(pedidos);
        byEffect.sort(Comparator.comparingLong(Seen::effect));
        // From the last effect to the first: of all later effects, the pedido that was accepted first shows a
        // violation.
        Seen earliest = null;
        Seen earliestOfSameEffect = null;
        long effect = Long.MAX_VALUE;
        for (Seen b : byEffect.reversed()) {
            if (b.effect() != effect) {
                earliest = earlier(earliest, earliestOfSameEffect);
                earliestOfSameEffect = null;
                effect = b.effect();
            }
            if (earliest != null && earliest.acceptedNanos() < b.startNanos()) {
                violation(earliest, b);
            }
            earliestOfSameEffect = earlier(earliestOfSameEffect, b);
        }
    }

    private static @Nullable Seen earlier(@Nullable Seen one, @Nullable Seen other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.acceptedNanos() <= other.acceptedNanos() ? one : other;
    }

    private void violation(Seen elder, Seen overtaker) {
        violations++;
        if (examples.size() < Verdict.MOST_EXAMPLES) {
            examples.add(RootLocale.format(
                    "%s took effect before %s, which was accepted %.1f ms before the other was sent",
                    overtaker.pedidoId(), elder.pedidoId(), (overtaker.startNanos() - elder.acceptedNanos()) / 1e6));
        }
    }

    /** The number of pairs (a, b) where a was accepted before b was sent. */
    private static long pairs(List<Seen> pedidos) {
        long[] accepted =
                pedidos.stream().mapToLong(Seen::acceptedNanos).sorted().toArray();
        long[] started = pedidos.stream().mapToLong(Seen::startNanos).sorted().toArray();
        long pairs = 0;
        int before = 0;
        for (long start : started) {
            while (before < accepted.length && accepted[before] < start) {
                before++;
            }
            pairs += before;
        }
        return pairs;
    }
}
