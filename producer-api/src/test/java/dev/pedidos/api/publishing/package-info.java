@NullMarked
package dev.pedidos.api.publishing;

import org.jspecify.annotations.NullMarked;
