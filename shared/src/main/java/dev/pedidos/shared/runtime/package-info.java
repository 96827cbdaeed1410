/** What every program needs around its work: settings, telemetry, probes, an orderly stop. */
@NullMarked
package dev.pedidos.shared.runtime;

import org.jspecify.annotations.NullMarked;
