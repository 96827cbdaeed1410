/** The rules for every call that a handler makes to another system. */
@NullMarked
package dev.pedidos.worker.calls;

import org.jspecify.annotations.NullMarked;
