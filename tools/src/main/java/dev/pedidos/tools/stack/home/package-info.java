/** The folder .pedidos of a checkout: what runs there, its addresses, and the database used last. */
@NullMarked
package dev.pedidos.tools.stack.home;

import org.jspecify.annotations.NullMarked;
