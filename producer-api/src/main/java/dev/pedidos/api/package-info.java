/** The producer: takes pedidos over HTTP, and answers what became of them. */
@NullMarked
package dev.pedidos.api;

import org.jspecify.annotations.NullMarked;
