/** What makes a demo hard, and the proof that it was borne: poison, chaos, dead letters. */
@NullMarked
package dev.pedidos.tools.proof.demo;

import org.jspecify.annotations.NullMarked;
