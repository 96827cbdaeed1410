@NullMarked
package dev.pedidos.shared.tls;

import org.jspecify.annotations.NullMarked;
