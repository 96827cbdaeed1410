/** Lists come in pages: a page's answer, and the cursor of the next one. */
@NullMarked
package dev.pedidos.api.page;

import org.jspecify.annotations.NullMarked;
