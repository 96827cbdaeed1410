/** The handler of tipo simulado: fails and dawdles on request, for drills and tests. */
@NullMarked
package dev.pedidos.worker.simulado;

import org.jspecify.annotations.NullMarked;
