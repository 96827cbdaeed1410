/** One class a command of {@code ./pedidos}. */
@NullMarked
package dev.pedidos.local.commands;

import org.jspecify.annotations.NullMarked;
