@NullMarked
package dev.pedidos.shared.broker;

import org.jspecify.annotations.NullMarked;
