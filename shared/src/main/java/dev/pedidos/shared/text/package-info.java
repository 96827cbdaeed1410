/** Text and numbers that are the same on every machine, whatever language it is set to. */
@NullMarked
package dev.pedidos.shared.text;

import org.jspecify.annotations.NullMarked;
