/** Commands about tasks: send a batch, watch it, list its items, cancel it. */
@NullMarked
package dev.pedidos.tools.cli.task;

import org.jspecify.annotations.NullMarked;
