/** Commands about dead letters: list, count, redrive, discard. */
@NullMarked
package dev.pedidos.tools.cli.dlq;

import org.jspecify.annotations.NullMarked;
