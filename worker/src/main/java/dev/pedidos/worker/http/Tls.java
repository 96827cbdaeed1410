package dev.pedidos.worker.http;

import dev.pedidos.shared.tls.ServerName;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS over a connection that is open. */
public final class Tls {

    private Tls() {}

    /**
     * The certificate must be that of the name in the address, wherever the name led. Closing the connection ends the handshake.
     *
     * @param host as in the address
     */
    public static Socket over(Socket raw, SSLSocketFactory tls, String host, int port) throws IOException {
        String plain = withoutBrackets(host);
        var name = new ServerName(plain);
        var socket = (SSLSocket) tls.createSocket(raw, plain, port, false);
        name.demandOf(socket);
        name.confirm(socket);
        return socket;
    }

    /** An IPv6 address has brackets in an address of HTTP. */
    public static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
