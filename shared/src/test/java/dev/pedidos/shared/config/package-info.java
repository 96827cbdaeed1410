@NullMarked
package dev.pedidos.shared.config;

import org.jspecify.annotations.NullMarked;
