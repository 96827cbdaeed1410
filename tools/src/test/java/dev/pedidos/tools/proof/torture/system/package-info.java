@NullMarked
package dev.pedidos.tools.proof.torture.system;

import org.jspecify.annotations.NullMarked;
