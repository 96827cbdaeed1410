/** The benchmark: the rates, times and costs of a private system, with the limits of its servers in the same run. */
@NullMarked
package dev.pedidos.tools.proof.bench;

import org.jspecify.annotations.NullMarked;
