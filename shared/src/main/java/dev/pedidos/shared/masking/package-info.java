/** Keeps the numbers of companies and persons out of logs: every line goes through here. */
@NullMarked
package dev.pedidos.shared.masking;

import org.jspecify.annotations.NullMarked;
