package dev.pedidos.tools.proof.bench;

import java.time.Duration;

/**
 * The plan of a benchmark.
 *
 * @param rounds each with a database and a vhost of its own
 * @param window how long each rate is measured; what warms up before takes half of it
 */
public record BenchPlan(int rounds, Duration window) {}
