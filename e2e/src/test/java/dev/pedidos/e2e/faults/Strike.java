package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.List;
import java.util.Map;

/**
 * A system under load that a fault hits, with the evidence that it hit. With the real programs every law is kept; with
 * a seeded bug the bug is found.
 */
public interface Strike {

    /** Few shards, short delays, one delivery in hand and one ahead, so that the intended collisions happen. */
    Map<String, String> SETTINGS = Map.of(
            "PEDIDOS_HANDLER_SIMULADO", "on",
            "PEDIDOS_RETRY_BASE_MS", "50",
            "PEDIDOS_RETRY_MAX_MS", "400",
            "PEDIDOS_SHARDS", "4",
            "PEDIDOS_PREFETCH", "2",
            "PEDIDOS_ESPERAS", "2");

    List<String> SHARDS = TestBroker.shardQueues(4);

    /** Returns when the fault is over; a worker runs then. */
    void hit(TestSystem system, Witness witness) throws Exception;
}
