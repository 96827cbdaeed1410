/** Rebuilds the projections from the events, compares, and puts them in place; or the state of one thing at a time. */
@NullMarked
package dev.pedidos.tools.proof.replay;

import org.jspecify.annotations.NullMarked;
