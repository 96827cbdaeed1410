/** The script and its commands, as a user runs them. */
@NullMarked
package dev.pedidos.e2e.commands;

import org.jspecify.annotations.NullMarked;
