package dev.pedidos.local.stores;

/** A database server that answers, the addresses of one database on it, and how to stop it. */
record Database(String url, String adminUrl, Stop stop) {}
