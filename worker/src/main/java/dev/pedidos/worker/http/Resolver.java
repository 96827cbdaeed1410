package dev.pedidos.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a name up. A literal address is its own result. */
@FunctionalInterface
public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
}
