package dev.pedidos.tools.proof.torture;

import dev.pedidos.tools.proof.torture.faults.Fault;
import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param load how long pedidos are sent and faults put in
 * @param perSecond how many pedidos are sent while nothing is broken
 */
public record TorturePlan(Duration load, long seed, int apis, int workers, int perSecond, List<Fault> faults) {}
