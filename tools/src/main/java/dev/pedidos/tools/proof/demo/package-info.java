/** Adds trouble to a demo (kills, cuts, poison) and checks that it was handled. */
@NullMarked
package dev.pedidos.tools.proof.demo;

import org.jspecify.annotations.NullMarked;
