package dev.pedidos.tools.stack.stores;

/**
 * A database that answers, as the programs' role and as its owner.
 *
 * @param server as {@link LastDatabase} remembers it
 */
record DatabaseUrls(String url, String adminUrl, String server) {}
