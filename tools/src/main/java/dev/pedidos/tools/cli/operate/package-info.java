/** Commands that look after a running system, on this machine or in a deployment. */
@NullMarked
package dev.pedidos.tools.cli.operate;

import org.jspecify.annotations.NullMarked;
