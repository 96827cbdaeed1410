package dev.pedidos.tools.stack.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Finds free ports and gives none twice. */
final class FreePort {
    private static final int LAST = 65_535;

    private final Set<Integer> givenOut = new HashSet<>();

    /** The first free port from this one up; 0: a free port. */
    int from(int first) throws IOException {
        return first == 0 ? any() : firstFree(first);
    }

    private int firstFree(int first) throws IOException {
        for (int port = first; port <= LAST; port++) {
            if (!givenOut.contains(port) && isFree(port)) {
                givenOut.add(port);
                return port;
            }
        }
        throw new IOException("no free port from " + first + " to " + LAST + ": stop a program that listens there");
    }

    private int any() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return firstFree(port);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
