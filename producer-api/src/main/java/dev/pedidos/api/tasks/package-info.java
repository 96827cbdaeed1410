/** Tasks: takes batches, reads how far they are, cancels them. */
@NullMarked
package dev.pedidos.api.tasks;

import org.jspecify.annotations.NullMarked;
