package dev.pedidos.tools.stack.processes;

import java.nio.file.Path;
import java.util.Map;

/**
 * What to start.
 *
 * @param name of its pid file and its log, for example {@code worker-1}
 * @param port where it answers {@code /readyz}
 * @param environment added to ours; the only place for secrets, since a command line can be read by anyone
 */
public record Program(String name, Path jar, int port, Map<String, String> environment) {}
