@NullMarked
package dev.pedidos.tools.proof.torture.check;

import org.jspecify.annotations.NullMarked;
