@NullMarked
package dev.pedidos.local.torture.faults;

import org.jspecify.annotations.NullMarked;
