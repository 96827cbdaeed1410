/** The folder .pedidos of a checkout: its running processes, their addresses, and the database used last. */
@NullMarked
package dev.pedidos.tools.stack.home;

import org.jspecify.annotations.NullMarked;
