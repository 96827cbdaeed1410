@NullMarked
package dev.pedidos.tools.proof.torture.faults;

import org.jspecify.annotations.NullMarked;
