/** Faults that the system lives through, each injected into real processes; docs/fault-tests.md lists them by number. */
@NullMarked
package dev.pedidos.e2e.faults;

import org.jspecify.annotations.NullMarked;
