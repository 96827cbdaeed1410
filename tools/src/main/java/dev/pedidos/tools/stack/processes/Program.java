package dev.pedidos.tools.stack.processes;

import java.nio.file.Path;
import java.util.Map;

/**
 * A program to be started.
 *
 * @param name of its pid file and its log, for example {@code worker-1}
 * @param port where it answers {@code /readyz}
 * @param environment added to ours; the only place for secrets, because everybody can read a command line
 */
public record Program(String name, Path jar, int port, Map<String, String> environment) {}
