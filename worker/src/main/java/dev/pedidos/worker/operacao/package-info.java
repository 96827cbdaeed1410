/** The handler of tipo operacao: it applies an event to its operation, and what waited for that event. */
@NullMarked
package dev.pedidos.worker.operacao;

import org.jspecify.annotations.NullMarked;
