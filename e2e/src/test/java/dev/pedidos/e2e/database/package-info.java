/** PostgreSQL itself: plans, locks of migrations, rights and settings. */
@NullMarked
package dev.pedidos.e2e.database;

import org.jspecify.annotations.NullMarked;
