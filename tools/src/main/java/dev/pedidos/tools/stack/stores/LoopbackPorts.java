package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Collection;

/** Ports on the loopback interface. */
public final class LoopbackPorts {
    /** Below the range of ephemeral ports, above the well-known ports. */
    private static final int LOWEST = 20_000;

    private static final int BLOCKS = 1_000;
    private static final int BLOCK = 10;
    private static final int CONNECT_MILLIS = 500;

    private LoopbackPorts() {}

    /** The first port to try. It differs between folders, so that two of them starting at once rarely collide. */
    static int first(Path folder, int offset) {
        return LOWEST + Math.floorMod(folder.toAbsolutePath().normalize().hashCode(), BLOCKS) * BLOCK + offset;
    }

    /** This port or the next one that is free and not reserved. */
    static int free(int from, Collection<Integer> spokenFor) {
        int port = from;
        while (spokenFor.contains(port) || !isFree(port)) {
            port++;
        }
        return port;
    }

    private static boolean isFree(int port) {
        if (answers(port)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** True if somebody listens there. */
    public static boolean answers(int port) {
        return answers("127.0.0.1", port);
    }

    static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
