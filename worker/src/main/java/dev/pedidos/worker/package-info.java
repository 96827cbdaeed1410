/** The worker program: takes pedidos from the shards and makes them take effect once and in order. */
@NullMarked
package dev.pedidos.worker;

import org.jspecify.annotations.NullMarked;
