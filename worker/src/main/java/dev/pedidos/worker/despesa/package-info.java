/** The handler of tipo despesa: an expense of a company. */
@NullMarked
package dev.pedidos.worker.despesa;

import org.jspecify.annotations.NullMarked;
