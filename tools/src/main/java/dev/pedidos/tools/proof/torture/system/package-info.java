/** The system under torture: servers, programs and the network between them, each to be broken and mended. */
@NullMarked
package dev.pedidos.tools.proof.torture.system;

import org.jspecify.annotations.NullMarked;
