/** Starts API and workers as processes, watches them, and stops them in order. */
@NullMarked
package dev.pedidos.tools.stack.processes;

import org.jspecify.annotations.NullMarked;
