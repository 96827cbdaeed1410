/** The door itself: the server and its limits, bodies, problems. It knows nothing of pedidos. */
@NullMarked
package dev.pedidos.api.http;

import org.jspecify.annotations.NullMarked;
