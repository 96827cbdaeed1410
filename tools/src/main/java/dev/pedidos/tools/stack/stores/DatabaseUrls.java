package dev.pedidos.tools.stack.stores;

/** A database that answers, as the programs' role and as its owner. */
record DatabaseUrls(String url, String adminUrl) {}
