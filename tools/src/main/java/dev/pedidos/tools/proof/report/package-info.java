/** Prints figures, tables, progress and verdicts. */
@NullMarked
package dev.pedidos.tools.proof.report;

import org.jspecify.annotations.NullMarked;
