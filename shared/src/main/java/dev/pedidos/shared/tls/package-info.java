/** TLS to a server whose name may have underscores. */
@NullMarked
package dev.pedidos.shared.tls;

import org.jspecify.annotations.NullMarked;
