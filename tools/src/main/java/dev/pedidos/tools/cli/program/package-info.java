/** Runs a command line: exit codes, messages for wrong use and for failures, and an orderly end on Ctrl-C. */
@NullMarked
package dev.pedidos.tools.cli.program;

import org.jspecify.annotations.NullMarked;
