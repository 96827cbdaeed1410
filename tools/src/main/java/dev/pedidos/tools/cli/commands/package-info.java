/** One class a command of {@code ./pedidos}. */
@NullMarked
package dev.pedidos.tools.cli.commands;

import org.jspecify.annotations.NullMarked;
