/** What operators and their tools ask of the API. */
@NullMarked
package dev.pedidos.api.operate;

import org.jspecify.annotations.NullMarked;
