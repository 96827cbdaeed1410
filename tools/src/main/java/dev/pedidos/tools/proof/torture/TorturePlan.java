package dev.pedidos.tools.proof.torture;

import dev.pedidos.tools.proof.torture.faults.Fault;
import java.time.Duration;
import java.util.List;

/**
 * The plan of a run.
 *
 * @param load how long pedidos are sent and faults injected
 * @param lote the most pedidos that a worker puts into one transaction
 * @param perSecond pedidos per second while nothing is broken
 */
public record TorturePlan(
        Duration load, long seed, int apis, int workers, int lote, int perSecond, List<Fault> faults) {}
