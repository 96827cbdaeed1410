/** Runs handlers: their time limit and their dependencies' circuit breakers. */
@NullMarked
package dev.pedidos.worker.execution;

import org.jspecify.annotations.NullMarked;
