package dev.pedidos.tools.stack.processes;

/**
 * How many of each.
 *
 * @param prefix before the names of pid files and logs; not empty where another system runs under the same home
 */
public record FleetSize(int apis, int workers, String prefix) {}
