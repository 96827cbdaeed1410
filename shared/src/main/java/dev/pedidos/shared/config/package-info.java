/** The settings of every program: their names, forms, bounds, and secrets in files. */
@NullMarked
package dev.pedidos.shared.config;

import org.jspecify.annotations.NullMarked;
