@NullMarked
package dev.pedidos.tools.cli.operate;

import org.jspecify.annotations.NullMarked;
