/** The HTTP server: its limits, bodies, parameters and problem answers. It does not depend on pedidos. */
@NullMarked
package dev.pedidos.api.http;

import org.jspecify.annotations.NullMarked;
