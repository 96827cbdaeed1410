/** The behaviour while the database fails: retries in place, the circuit breaker, paused shards. */
@NullMarked
package dev.pedidos.worker.outage;

import org.jspecify.annotations.NullMarked;
