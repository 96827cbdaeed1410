/** The command line {@code ./pedidos}, and the one for operators of a deployment. */
@NullMarked
package dev.pedidos.tools.cli;

import org.jspecify.annotations.NullMarked;
