@NullMarked
package dev.pedidos.api.tasks;

import org.jspecify.annotations.NullMarked;
