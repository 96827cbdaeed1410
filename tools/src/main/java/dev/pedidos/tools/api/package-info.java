/** The HTTP client for the API: its address, the headers of every call, and the calls of operators. */
@NullMarked
package dev.pedidos.tools.api;

import org.jspecify.annotations.NullMarked;
