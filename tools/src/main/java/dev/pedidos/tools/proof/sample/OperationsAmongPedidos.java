package dev.pedidos.tools.proof.sample;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Gives the pedidos of another source, and after each few of them an event of an operation. */
public final class OperationsAmongPedidos implements Source {
    private static final int EVERY = 10;
    /** Some of those that the pedidos have, too. */
    private static final int RECEBEDORES = 500;

    private final Source pedidos;
    private final SampleOperations operations;
    private final Deque<byte[]> events = new ArrayDeque<>();
    private long place;

    public OperationsAmongPedidos(Source pedidos, long seed) {
        var random = new SplittableRandom(seed ^ Long.MIN_VALUE);
        this.pedidos = pedidos;
        this.operations = new SampleOperations(
                "operacao-", () -> RootLocale.format("recebedor-%04d", random.nextInt(RECEBEDORES) + 1), random);
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        place++;
        if (place % (EVERY + 1) != 0) {
            Outgoing pedido = pedidos.next();
            if (pedido != null) {
                return new Outgoing(place, pedido.address(), pedido.body());
            }
            return rest();
        }
        if (events.isEmpty()) {
            events.addAll(operations.next());
        }
        return event();
    }

    /** The last operations get all their events. */
    private @Nullable Outgoing rest() {
        return events.isEmpty() ? null : event();
    }

    private Outgoing event() {
        return new Outgoing(place, Outgoing.Address.OPERATIONS, events.removeFirst());
    }
}
