/** Commands about the months of the archive. */
@NullMarked
package dev.pedidos.tools.cli.archive;

import org.jspecify.annotations.NullMarked;
