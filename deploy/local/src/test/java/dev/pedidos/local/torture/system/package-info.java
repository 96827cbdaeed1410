@NullMarked
package dev.pedidos.local.torture.system;

import org.jspecify.annotations.NullMarked;
