package dev.pedidos.tools.proof.torture.faults;

import java.util.List;
import java.util.stream.Stream;

/** All faults. */
public final class Faults {
    public static final List<Fault> ALL = Stream.of(
                    WorkerFaults.all(),
                    ApiFaults.all(),
                    BrokerFaults.all(),
                    DatabaseFaults.all(),
                    NetworkFaults.all(),
                    KillerFaults.all(),
                    LostMessageFaults.all(),
                    DeadLetterFaults.all())
            .flatMap(List::stream)
            .toList();

    private Faults() {}
}
