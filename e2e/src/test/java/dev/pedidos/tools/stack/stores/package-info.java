@NullMarked
package dev.pedidos.tools.stack.stores;

import org.jspecify.annotations.NullMarked;
