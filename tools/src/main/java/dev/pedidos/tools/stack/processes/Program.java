package dev.pedidos.tools.stack.processes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * A program to be started.
 *
 * @param name of its pid file and its log, for example {@code worker-1}
 * @param host the address that it listens on
 * @param port where it answers {@code /readyz}
 * @param environment added to ours; the only place for secrets, because everybody can read a command line
 */
public record Program(String name, Path jar, String host, int port, Map<String, String> environment) {

    /** From this machine. */
    public URI url() {
        String reached = switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
        return URI.create("http://" + reached + ":" + port);
    }
}
