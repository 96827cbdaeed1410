@NullMarked
package dev.pedidos.api.prefer;

import org.jspecify.annotations.NullMarked;
