/** Masks the numbers of companies and persons in every log line. */
@NullMarked
package dev.pedidos.shared.masking;

import org.jspecify.annotations.NullMarked;
