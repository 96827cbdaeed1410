package dev.pedidos.tools.stack.processes;

/**
 * The number of programs.
 *
 * @param prefix precedes the names of pid files and logs; not empty if another system runs under the same home
 */
public record FleetSize(int apis, int workers, String prefix) {}
