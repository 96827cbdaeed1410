@NullMarked
package dev.pedidos.api.intake;

import org.jspecify.annotations.NullMarked;
