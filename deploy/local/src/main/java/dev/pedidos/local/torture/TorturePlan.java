package dev.pedidos.local.torture;

import java.time.Duration;

/**
 * What a run does.
 *
 * @param load how long pedidos are sent and faults put in
 * @param perSecond how many pedidos are sent while nothing is broken
 */
public record TorturePlan(Duration load, long seed, int apis, int workers, int perSecond) {}
