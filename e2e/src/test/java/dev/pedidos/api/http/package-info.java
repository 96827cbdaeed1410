@NullMarked
package dev.pedidos.api.http;

import org.jspecify.annotations.NullMarked;
