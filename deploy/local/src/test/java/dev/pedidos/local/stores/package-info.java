@NullMarked
package dev.pedidos.local.stores;

import org.jspecify.annotations.NullMarked;
