/** Commands that prove the promises on a system of their own: demo, torture, bench. */
@NullMarked
package dev.pedidos.tools.cli.proof;

import org.jspecify.annotations.NullMarked;
