/** The command line {@code ./pedidos}. */
@NullMarked
package dev.pedidos.tools.cli;

import org.jspecify.annotations.NullMarked;
