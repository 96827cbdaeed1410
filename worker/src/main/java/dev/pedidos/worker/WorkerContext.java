package dev.pedidos.worker;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.fleet.LivenessLock;
import dev.pedidos.shared.ledger.fleet.Members;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.start.ProgramStores;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The things that every part of the worker is made with.
 *
 * @param lock says that this process lives; its name is the worker's
 * @param members the rows of the fleet's workers
 */
record WorkerContext(
        WorkerConfig config,
        ProgramStores stores,
        Topology topology,
        LivenessLock lock,
        Members members,
        MeterRegistry metrics,
        Lifecycle lifecycle,
        MemoryBudget memory) {

    Database database() {
        return stores.database();
    }
}
