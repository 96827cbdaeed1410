/** Commands that start, show and stop a system on this machine: up, status, down. */
@NullMarked
package dev.pedidos.tools.cli.run;

import org.jspecify.annotations.NullMarked;
