/** Logging, metrics, probes and the orderly stop of every program. */
@NullMarked
package dev.pedidos.shared.runtime;

import org.jspecify.annotations.NullMarked;
