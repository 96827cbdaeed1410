/** Batches of expenses, their tasks, and the limits of calls. */
@NullMarked
package dev.pedidos.e2e.task;

import org.jspecify.annotations.NullMarked;
