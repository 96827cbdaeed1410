package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.config.TcpPorts;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free ports and gives none twice. */
public final class FreePort {
    /** Below the ports that systems give to outgoing connections: nobody takes it while a program is started again. */
    private static final int LOWEST = 10_000;

    private static final int CHOICES = 10_000;

    private final Set<Integer> givenOut = new HashSet<>();

    /** The first free port of the loopback interface from this one up; 0: a free port. */
    public int from(int first) throws IOException {
        return from(first, InetAddress.getLoopbackAddress());
    }

    /** As {@link #from(int)}, for a program that listens on this address. */
    synchronized int from(int first, InetAddress address) throws IOException {
        return firstFree(first == 0 ? LOWEST + ThreadLocalRandom.current().nextInt(CHOICES) : first, address);
    }

    private int firstFree(int first, InetAddress address) throws IOException {
        String reason = "";
        for (int port = first; port <= TcpPorts.HIGHEST; port++) {
            if (givenOut.contains(port)) {
                continue;
            }
            try (var unused = new ServerSocket(port, 1, address)) {
                givenOut.add(port);
                return port;
            } catch (IOException e) {
                reason = e.getMessage();
            }
        }
        throw new IOException(RootLocale.format(
                "no program can listen on a port of %s from %d to %d: %s",
                address.getHostAddress(), first, TcpPorts.HIGHEST, reason));
    }
}
