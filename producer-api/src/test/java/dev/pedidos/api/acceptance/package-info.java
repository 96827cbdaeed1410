@NullMarked
package dev.pedidos.api.acceptance;

import org.jspecify.annotations.NullMarked;
