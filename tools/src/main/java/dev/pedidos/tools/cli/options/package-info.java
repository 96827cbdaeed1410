/** Options that several commands share, and what each command is given: the checkout, the settings, the two outputs. */
@NullMarked
package dev.pedidos.tools.cli.options;

import org.jspecify.annotations.NullMarked;
