@NullMarked
package dev.pedidos.api.deadletter;

import org.jspecify.annotations.NullMarked;
