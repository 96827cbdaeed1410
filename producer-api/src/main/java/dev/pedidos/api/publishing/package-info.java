/** From the ledger to the broker: publish new pedidos, mark what the broker has, publish again what it may not have. */
@NullMarked
package dev.pedidos.api.publishing;

import org.jspecify.annotations.NullMarked;
