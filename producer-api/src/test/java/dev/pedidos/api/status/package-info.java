@NullMarked
package dev.pedidos.api.status;

import org.jspecify.annotations.NullMarked;
