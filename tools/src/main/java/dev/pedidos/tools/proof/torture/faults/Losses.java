package dev.pedidos.tools.proof.torture.faults;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that was deleted in a run. */
public final class Losses {
    private final Queue<Loss> all = new ConcurrentLinkedQueue<>();

    void add(Loss loss) {
        all.add(loss);
    }

    public List<Loss> all() {
        return List.copyOf(all);
    }
}
