package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;

/**
 * A planned fault.
 *
 * @param at time after the load began
 * @param seed for its random choices
 */
public record Planned(Fault fault, Duration at, Duration length, long seed) {}
