/** Expenses against a provider of company data that is a process of its own. */
@NullMarked
package dev.pedidos.e2e.provider;

import org.jspecify.annotations.NullMarked;
