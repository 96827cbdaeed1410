/** What a person reads at the end: figures with their source, and verdicts. */
@NullMarked
package dev.pedidos.tools.proof.report;

import org.jspecify.annotations.NullMarked;
