/** Starts the programs as processes of their own, knows them again by their pid files, and stops them in order. */
@NullMarked
package dev.pedidos.tools.stack.processes;

import org.jspecify.annotations.NullMarked;
