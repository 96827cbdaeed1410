/** The handler of tipo simulado: it fails and waits on request, for drills and tests. */
@NullMarked
package dev.pedidos.worker.simulado;

import org.jspecify.annotations.NullMarked;
