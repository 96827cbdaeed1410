@NullMarked
package dev.pedidos.local.torture.check;

import org.jspecify.annotations.NullMarked;
