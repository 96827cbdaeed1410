package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;

/**
 * A fault that is to come.
 *
 * @param at after the load began
 * @param seed for what it picks by chance
 */
public record Planned(Fault fault, Duration at, Duration length, long seed) {}
