/** Asks a provider of company data over HTTP. */
@NullMarked
package dev.pedidos.worker.provider;

import org.jspecify.annotations.NullMarked;
