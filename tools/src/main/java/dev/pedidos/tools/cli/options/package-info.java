/** Options that several commands share, and the context that each command gets. */
@NullMarked
package dev.pedidos.tools.cli.options;

import org.jspecify.annotations.NullMarked;
