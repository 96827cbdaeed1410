/** The HTTP server: its limits, bodies, parameters and problem answers. It imports no other package of the API. */
@NullMarked
package dev.pedidos.api.http;

import org.jspecify.annotations.NullMarked;
