@NullMarked
package dev.pedidos.worker.process;

import org.jspecify.annotations.NullMarked;
