package dev.pedidos.tools.proof.sample;

import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.Source;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives the pedidos of the sample and repeats some: 2 % unchanged, 1 % with the same id and another content. The
 * second sending follows up to 200 places later, so that some meet the first one on its way and some find it finished.
 */
public final class SampleSource implements Source {
    private static final double SENT_TWICE = 0.02;
    private static final double OTHER_CONTENT = 0.01;
    private static final int FARTHEST = 200;

    private record Repetition(long place, SamplePedido pedido) {}

    private final PedidoGenerator generator;
    private final RandomGenerator random;
    private final PriorityQueue<Repetition> repetitions =
            new PriorityQueue<>(Comparator.comparingLong(Repetition::place));
    private int left;
    private long place;

    public SampleSource(long seed, int pedidos) {
        generator = new PedidoGenerator(seed);
        // A generator of its own: the pedidos are the same with and without repetitions, which SampleEstoque relies
        // on.
        random = new SplittableRandom(~seed);
        left = pedidos;
    }

    @Override
    public @Nullable Outgoing next() {
        place++;
        var first = repetitions.peek();
        if (first != null && (first.place() <= place || left == 0)) {
            repetitions.remove();
            return new Outgoing(place, first.pedido().json());
        }
        if (left == 0) {
            return null;
        }
        left--;
        var pedido = generator.next();
        double lot = random.nextDouble();
        if (lot < SENT_TWICE + OTHER_CONTENT) {
            var second = lot < SENT_TWICE ? pedido : pedido.withOtherContent();
            repetitions.add(new Repetition(place + 1 + random.nextInt(FARTHEST), second));
        }
        return new Outgoing(place, pedido.json());
    }
}
