@NullMarked
package dev.pedidos.shared.text;

import org.jspecify.annotations.NullMarked;
