@NullMarked
package dev.pedidos.tools.cli.task;

import org.jspecify.annotations.NullMarked;
