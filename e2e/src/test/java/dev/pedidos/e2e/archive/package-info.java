/** The archive: what moves there, what is still answered, and how a month leaves. */
@NullMarked
package dev.pedidos.e2e.archive;

import org.jspecify.annotations.NullMarked;
