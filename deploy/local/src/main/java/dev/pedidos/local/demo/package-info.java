/** What makes a demo hard, and the proof that it was borne: poison, chaos, dead letters. */
@NullMarked
package dev.pedidos.local.demo;

import org.jspecify.annotations.NullMarked;
