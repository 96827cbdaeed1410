/** Where an API is and what a call to it carries, for every command that speaks to one. */
@NullMarked
package dev.pedidos.tools.api;

import org.jspecify.annotations.NullMarked;
