/** Holds what the documents say against the code and against a running system. */
@NullMarked
package dev.pedidos.e2e.docs;

import org.jspecify.annotations.NullMarked;
