/** The routes for operators and for health checks. */
@NullMarked
package dev.pedidos.api.operate;

import org.jspecify.annotations.NullMarked;
