/** The command that sends pedidos from a file or a pipe to a running API. */
@NullMarked
package dev.pedidos.tools.cli.send;

import org.jspecify.annotations.NullMarked;
